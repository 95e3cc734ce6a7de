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
     * @param code of the answer that says no; 0 when there was none
     */
    record Lost(String reason, Instant since, int code) implements Connection {

        /** Without an answer. */
        public Lost(String reason, Instant since) {
            this(reason, since, 0);
        }

        /** Whether the server no longer knows who asks. */
        public boolean isUnauthorized() {
            return code == RefusedException.UNAUTHORIZED;
        }

        /** Whether who asks may not see this. */
        public boolean isForbidden() {
            return code == RefusedException.FORBIDDEN;
        }
    }
}
