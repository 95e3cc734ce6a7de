package dev.pilothouse.server.kubelet.env;

/** A container cannot be made as its pod wants it; the message is for people. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public ConfigException(String message) {
        super(message);
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
