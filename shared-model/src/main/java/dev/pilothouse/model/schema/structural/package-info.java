/**
 * Structural schemas of custom resources: what they mean for pruning, defaulting, validation and
 * server-side apply. Source: apiextensions-apiserver pkg/apiserver/schema.
 */
@NullMarked
package dev.pilothouse.model.schema.structural;

import org.jspecify.annotations.NullMarked;
