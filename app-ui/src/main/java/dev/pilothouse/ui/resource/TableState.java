package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Connection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the status bar says of a table.
 *
 * @param connection how it stands to the server
 * @param shown objects that pass the filter
 * @param total all objects
 * @param revision the store's revision reached, empty before the first list
 * @param lastEvent when the server last told anything, null before
 */
public record TableState(
        Connection connection,
        int shown,
        int total,
        String revision,
        @Nullable Instant lastEvent) {}
