/**
 * Manifests on their way to the cluster: checking them, applying them, what speaks against it, what
 * others change meanwhile, and drafts on disk. Knows no controls.
 */
@NullMarked
package dev.pilothouse.ui.manifest;

import org.jspecify.annotations.NullMarked;
