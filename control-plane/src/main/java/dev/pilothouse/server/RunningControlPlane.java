package dev.pilothouse.server;

import java.net.URI;
import java.nio.file.Path;

/** A control plane that answers requests. Thread-safe. */
public interface RunningControlPlane extends AutoCloseable {

    /** Where it listens, such as {@code https://127.0.0.1:6443}. */
    URI endpoint();

    /** The administrator's kubeconfig for this endpoint. */
    Path kubeconfig();

    /** Where its state lives. */
    Path dataDirectory();

    /** Ends it in order: no new requests, running ones end, the store closes. Idempotent. */
    @Override
    void close();
}
