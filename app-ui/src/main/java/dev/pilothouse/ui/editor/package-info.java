/** The screen where manifests are written: YAML with help, a form beside it, what differs. */
@NullMarked
package dev.pilothouse.ui.editor;

import org.jspecify.annotations.NullMarked;
