package dev.pilothouse.server.kubelet.pod;

/** A container could not be started; says what its status shows meanwhile. */
final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Waiting waiting;

    StartFailure(String reason, String message) {
        super(message);
        this.waiting = new Waiting(reason, message);
    }

    Waiting waiting() {
        return waiting;
    }
}
