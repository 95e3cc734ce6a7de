package dev.pilothouse.ui.cluster;

import java.time.Instant;

/** How a live view stands to its server. */
public sealed interface Connection {

    /** Asking for the first time. */
    record Connecting() implements Connection {}

    /** What is shown is what the server has. */
    record Live() implements Connection {}

    /**
     * What is shown is old.
     *
     * @param reason why, in a sentence
     * @param since when it was last live, or was first tried
     */
    record Lost(String reason, Instant since) implements Connection {}
}
