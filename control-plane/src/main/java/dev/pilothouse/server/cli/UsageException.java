package dev.pilothouse.server.cli;

/** A setting or argument that makes no sense; exit code 2. The message is one sentence. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
