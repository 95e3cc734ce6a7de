package dev.pilothouse.ui.cluster;

/**
 * A column of the server's table.
 *
 * @param name the heading
 * @param numeric whether its cells are numbers
 * @param wide whether it is shown on request only
 */
public record Column(String name, boolean numeric, boolean wide) {}
