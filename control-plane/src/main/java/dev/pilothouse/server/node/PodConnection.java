package dev.pilothouse.server.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A TCP connection to a port of a pod. One thread may read while another writes. */
public interface PodConnection extends AutoCloseable {

    /** What the pod sends. */
    InputStream input();

    /** What is sent to the pod. */
    OutputStream output();

    /** Tells the pod that nothing more is sent; reading goes on. */
    void shutdownOutput() throws IOException;

    @Override
    void close();
}
