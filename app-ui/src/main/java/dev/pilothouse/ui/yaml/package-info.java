/**
 * YAML as text that people edit: where every value stands, what is wrong with it, what could come
 * next, changes that keep comments and order, differences and merges. Knows no controls.
 */
@NullMarked
package dev.pilothouse.ui.yaml;

import org.jspecify.annotations.NullMarked;
