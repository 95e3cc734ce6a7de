package dev.pilothouse.server.kubelet.cri;

/**
 * What came of a command.
 *
 * @param exitCode its exit code
 * @param output what it wrote to standard output and error, shortened when long
 */
public record ExecSyncResult(int exitCode, String output) {}
