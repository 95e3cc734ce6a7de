package dev.pilothouse.server.streaming.websocket;

/**
 * A message of a client.
 *
 * @param text whether it was sent as text
 * @param bytes its content; belongs to the receiver
 */
public record Message(boolean text, byte[] bytes) {}
