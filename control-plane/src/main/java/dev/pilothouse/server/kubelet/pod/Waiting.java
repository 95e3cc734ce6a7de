package dev.pilothouse.server.kubelet.pod;

/**
 * Why a container does not run.
 *
 * @param reason one word
 * @param message more about it
 */
record Waiting(String reason, String message) {}
