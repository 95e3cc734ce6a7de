package dev.pilothouse.server.kubelet.runtime.simulated.stage;

/** A stage file that cannot be used. The message names file, line and field, and is for people. */
public final class StageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StageException(String message) {
        super(message);
    }
}
