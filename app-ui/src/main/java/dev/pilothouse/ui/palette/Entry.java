package dev.pilothouse.ui.palette;

import dev.pilothouse.ui.workbench.Where;
import java.util.function.Consumer;

/**
 * Something the palette offers.
 *
 * @param group what kind of thing, such as "Command" or "Pod"
 * @param title what it is; matched first
 * @param hint where it is, such as a namespace; matched as well
 * @param keys the keys that do the same, or empty
 * @param weight what comes first where several match equally well: more is better
 * @param run does it
 */
public record Entry(
        String group, String title, String hint, String keys, int weight, Consumer<Where> run) {}
