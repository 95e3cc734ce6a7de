package dev.pilothouse.server.node;

import dev.pilothouse.model.meta.ApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The agent of one node, as the API server sees it: what a kubelet serves on its own port. Calls
 * block until they are done and belong on virtual threads. All throw {@link ApiException} with the
 * status that the client shall see when the agent refuses (unknown pod or container, container not
 * running, not possible on this runtime), and {@link IOException} when the other end has gone. The
 * thread in {@code logs}, {@code exec} and {@code attach} is interrupted when the client has gone,
 * so that one that waits for the container ends too: a command that was run is killed then, a
 * container that was attached to runs on. Thread-safe.
 */
public interface NodeAgent {

    /**
     * Writes a container's log; flushes after each line while following. Refuses before the first
     * byte or not at all.
     */
    void logs(LogRequest request, OutputStream out) throws IOException;

    /** Runs a command in a container and returns its exit code. */
    int exec(ExecRequest request, ContainerStreams streams) throws IOException;

    /** Connects to the main process of a container, and returns its exit code when it ends. */
    int attach(PodRef pod, String container, boolean tty, ContainerStreams streams)
            throws IOException;

    /** Opens a connection to a port of a pod. */
    PodConnection connect(PodRef pod, int port) throws IOException;

    /** What the node and its pods use now; reads what has been sampled and does not block. */
    NodeUsage usage(String node);

    /** What the node and its pods have on disk now; reads the disk. */
    NodeFiles files(String node);

    /** Where the node keeps the logs of its pods, or null when it has no files. */
    @Nullable Path podLogs(String node);

    /** The settings of a node in the form of kubelet.config.k8s.io/v1beta1 KubeletConfiguration. */
    ObjectNode configuration(String node);
}
