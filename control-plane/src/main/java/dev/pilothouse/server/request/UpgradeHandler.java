package dev.pilothouse.server.request;

import java.io.IOException;

/** Speaks the protocol that a connection has changed to. */
public interface UpgradeHandler {

    /**
     * Serves the connection until it is done, on a virtual thread of its own. The connection is
     * closed in order afterwards.
     *
     * @throws IOException when the client has gone
     */
    void run(UpgradedConnection connection) throws IOException;

    /** Gives up what is held for the connection, which has not come about. */
    default void abandon() {}
}
