package dev.pilothouse.server.node;

/**
 * One pod.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid, by which it differs from earlier pods of the name
 */
public record PodRef(String namespace, String name, String uid) {}
