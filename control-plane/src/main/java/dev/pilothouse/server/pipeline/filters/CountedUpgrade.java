package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.request.UpgradeHandler;
import dev.pilothouse.server.request.UpgradedConnection;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Counts an upgraded connection while it is open. */
record CountedUpgrade(UpgradeHandler handler, LongAdder open) implements UpgradeHandler {

    @Override
    public void run(UpgradedConnection connection) throws IOException {
        open.increment();
        try {
            handler.run(connection);
        } finally {
            open.decrement();
        }
    }

    @Override
    public void abandon() {
        handler.abandon();
    }
}
