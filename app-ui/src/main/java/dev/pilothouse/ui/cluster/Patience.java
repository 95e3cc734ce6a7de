package dev.pilothouse.ui.cluster;

import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param connect to take a connection
 * @param answer to begin an answer, and to go on with one
 * @param watch after which a watch is asked to end, so that one that has died unseen is noticed
 * @param throttled how long a request that was refused as one too many is held back at most
 */
record Patience(Duration connect, Duration answer, Duration watch, Duration throttled) {

    /** What people wait for. */
    static final Patience USUAL =
            new Patience(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(4),
                    Duration.ofSeconds(10));
}
