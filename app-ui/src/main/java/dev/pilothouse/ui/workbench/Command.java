package dev.pilothouse.ui.workbench;

/**
 * Something that can be done without an object.
 *
 * @param id names it in the texts ({@code command.ID}) and in the user's keymap
 * @param keys the keys that do it unless the user has others, as in {@code Shortcut+K}, {@code
 *     Alt+Left}, {@code F6} or a single character such as {@code /}; several are separated by a
 *     blank; empty for none
 * @param run does it, on the JavaFX thread
 */
public record Command(String id, String keys, Runnable run) {}
