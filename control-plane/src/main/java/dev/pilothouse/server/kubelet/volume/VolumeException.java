package dev.pilothouse.server.kubelet.volume;

import org.jspecify.annotations.Nullable;

/** A volume cannot be made; the message is for people. */
public final class VolumeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String volume;

    /** Why not. */
    public VolumeException(String volume, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.volume = volume;
    }

    /** Which volume. */
    public String volume() {
        return volume;
    }

    /** As the event FailedMount has it. */
    public String text() {
        return "MountVolume.SetUp failed for volume \"" + volume + "\" : " + getMessage();
    }
}
