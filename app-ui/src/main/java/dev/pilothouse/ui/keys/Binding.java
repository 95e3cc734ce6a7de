package dev.pilothouse.ui.keys;

/**
 * Something that keys can do.
 *
 * @param group what it belongs to, such as the window or objects
 * @param id names it in the keymap
 * @param text what it does
 * @param usual the keys it comes with
 */
public record Binding(String group, String id, String text, String usual) {}
