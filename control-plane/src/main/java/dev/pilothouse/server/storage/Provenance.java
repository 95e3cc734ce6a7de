package dev.pilothouse.server.storage;

/**
 * Who wrote a revision and why; kept with every revision for the history.
 *
 * @param actor the user name
 * @param cause what led to the write: for a client its request id and user agent, for a controller
 *     also the revision it reacted to
 */
public record Provenance(String actor, String cause) {}
