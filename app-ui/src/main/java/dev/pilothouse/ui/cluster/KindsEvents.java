package dev.pilothouse.ui.cluster;

import java.util.List;

/** Receives the kinds of a server. Called on one thread at a time. */
public interface KindsEvents {

    /** All kinds there are now, by name. */
    void kinds(List<Kind> kinds);

    /** They cannot be read; it is tried again. */
    void failed(String reason);
}
