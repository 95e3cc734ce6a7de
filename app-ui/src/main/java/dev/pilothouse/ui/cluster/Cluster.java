package dev.pilothouse.ui.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** One cluster, as the windows see it. Thread-safe. */
public interface Cluster extends AutoCloseable {

    /** Where its API server listens. */
    URI endpoint();

    /** Its name, for people. */
    String name();

    /**
     * What the user has said about it. In a read-only cluster no change is offered, and {@link
     * #call} and {@link #webSocket} refuse them; in a guarded one what cannot simply be taken back
     * asks for the object's name.
     */
    Access.Marks marks();

    /** The requests that were sent to it. */
    RequestLog requests();

    /** Keeps the list of kinds live, definitions of custom resources included. */
    Subscription followKinds(KindsEvents events);

    /**
     * Keeps a table of a kind's objects live.
     *
     * @param namespace only objects of this one; empty for all
     */
    default Subscription followTable(Kind kind, String namespace, TableEvents events) {
        return followTable(kind, TableQuery.of(namespace), events);
    }

    /**
     * Keeps a table of the objects that a query chooses live. All who look at the same table in the
     * same way share one watch and its rows; who comes later is told what is known from memory.
     */
    Subscription followTable(Kind kind, TableQuery query, TableEvents events);

    /**
     * Keeps some whole objects live; for many objects there is {@link #followTable}.
     *
     * @param namespace only objects of this one; empty for all
     * @param query which of them, such as {@code fieldSelector=metadata.name%3Dweb}; empty for all
     */
    Subscription followObjects(Kind kind, String namespace, String query, ObjectEvents events);

    /**
     * Reads an object; blocks.
     *
     * @throws IOException when it cannot be read; the message is a sentence for people
     */
    ObjectNode object(Kind kind, String namespace, String name)
            throws IOException, InterruptedException;

    /**
     * Sends a request and returns the answer; blocks.
     *
     * @throws IOException when it is refused or not answered; the message is a sentence for people
     */
    ObjectNode call(ApiCall call) throws IOException, InterruptedException;

    /**
     * Reads all objects of a kind; blocks.
     *
     * @param namespace only objects of this one; empty for all
     * @param query further parameters, such as {@code fieldSelector=spec.nodeName%3Dlocal}
     * @throws IOException when they cannot be read; the message is a sentence for people
     */
    List<ObjectNode> objects(Kind kind, String namespace, String query)
            throws IOException, InterruptedException;

    /**
     * Reads the names of all objects of a kind, part by part; blocks.
     *
     * @param part is told objects in the order of the server; false ends it
     * @throws IOException when they cannot be read; the message is a sentence for people
     */
    default void names(Kind kind, Predicate<List<ObjectRef>> part)
            throws IOException, InterruptedException {
        metadata(
                kind,
                "",
                "",
                found ->
                        part.test(
                                found.stream().map(object -> ObjectRef.of(kind, object)).toList()));
    }

    /**
     * Reads of all objects of a kind no more than their metadata, part by part; blocks.
     *
     * @param namespace only objects of this one; empty for all
     * @param query further parameters, such as {@code fieldSelector=spec.nodeName%3Dlocal}
     * @param part is told objects in the order of the server; false ends it
     * @throws IOException when they cannot be read; the message is a sentence for people
     */
    void metadata(Kind kind, String namespace, String query, Predicate<List<ObjectNode>> part)
            throws IOException, InterruptedException;

    /**
     * Opens a stream of text, such as a log that is followed; the caller closes it.
     *
     * @param path path and query
     * @throws IOException when it is refused; the message is a sentence for people
     */
    InputStream stream(String path) throws IOException, InterruptedException;

    /**
     * Opens a WebSocket, such as those of exec and port-forward; blocks until it is open.
     *
     * @param path path and query
     * @param protocol the only subprotocol that is spoken
     * @param listener called one at a time, on a thread that must not be held up
     * @throws IOException when it is refused; the message is a sentence for people
     */
    WebSocket webSocket(String path, String protocol, WebSocket.Listener listener)
            throws IOException, InterruptedException;

    /** Ends every exchange with the server. */
    @Override
    void close();
}
