package dev.pilothouse.server.storage;

/** When a write is acknowledged. */
public enum Durability {
    /** After it is safe on disk; the default. */
    STRICT,
    /** From memory; on disk within a second. For Leases, Events and heartbeats. */
    LAZY
}
