package dev.pilothouse.server.streaming.command;

/**
 * Which ends of a session the client asks for.
 *
 * @param stdin whether it sends input
 * @param stdout whether it wants the output
 * @param stderr whether it wants the errors apart
 * @param tty whether it is on a terminal
 */
public record CommandOptions(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}
