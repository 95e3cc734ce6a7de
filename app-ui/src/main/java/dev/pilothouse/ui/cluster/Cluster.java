package dev.pilothouse.ui.cluster;

import java.io.IOException;
import java.net.URI;
import tools.jackson.databind.node.ObjectNode;

/** One cluster, as the windows see it. Thread-safe. */
public interface Cluster extends AutoCloseable {

    /** Where its API server listens. */
    URI endpoint();

    /** Keeps the list of kinds live, definitions of custom resources included. */
    Subscription followKinds(KindsEvents events);

    /**
     * Keeps a table of a kind's objects live.
     *
     * @param namespace only objects of this one; empty for all
     */
    Subscription followTable(Kind kind, String namespace, TableEvents events);

    /**
     * Reads an object; blocks.
     *
     * @throws IOException when it cannot be read; the message is a sentence for people
     */
    ObjectNode object(Kind kind, String namespace, String name)
            throws IOException, InterruptedException;

    /**
     * Deletes an object if it is still the one with a uid, its dependents after it; blocks.
     *
     * @throws IOException when it is refused; the message is a sentence for people
     */
    void delete(Kind kind, String namespace, String name, String uid)
            throws IOException, InterruptedException;

    /** Ends every exchange with the server. */
    @Override
    void close();
}
