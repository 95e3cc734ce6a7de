package dev.pilothouse.server.kubelet.cri;

import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs containers. Calls block and belong on virtual threads; they throw {@link CriException} when
 * something cannot be done. What it made before the program was started anew it still knows.
 * Thread-safe. Source: CRI's RuntimeService.
 */
public interface ContainerRuntime extends AutoCloseable {

    /** What it is. */
    RuntimeVersion version();

    /** Its images. */
    ImageService images();

    /**
     * Begins to watch over what it runs; finds again what an earlier run of the program left.
     *
     * @param listener is told the uid of each pod of which a container has started or ended; must
     *     be quick
     */
    void start(Consumer<String> listener);

    /** Makes a sandbox and returns its id. */
    String runPodSandbox(PodSandboxConfig config);

    /** Ends what runs in a sandbox, at once. Does nothing when it is gone. */
    void stopPodSandbox(String id);

    /** Forgets a sandbox and its containers, after ending them. Does nothing when it is gone. */
    void removePodSandbox(String id);

    /** All sandboxes. */
    List<PodSandboxStatus> listPodSandboxes();

    /**
     * The variables that this runtime gives a container by itself, such as its ports; the pod may
     * refer to them and replace them.
     */
    Map<String, String> environment(String sandboxId, String container, List<Mount> mounts);

    /** Makes a container, which is not started, and returns its id. */
    String createContainer(String sandboxId, ContainerConfig config);

    /**
     * Starts a container. When it cannot be started it has ended with reason {@code StartError} and
     * exit code 128.
     */
    void startContainer(String id);

    /**
     * Asks a container to end, makes it end when it has not after the grace, and returns when it
     * has ended. Another call with a shorter grace shortens the first one's.
     */
    void stopContainer(String id, Duration grace);

    /** Forgets an ended container and its log. Does nothing when it is gone. */
    void removeContainer(String id);

    /** The containers of a sandbox, oldest first; none when it is gone. */
    List<ContainerStatus> listContainers(String sandboxId);

    /**
     * Runs a command in a running container.
     *
     * @throws TimeoutException when it took too long; it has been ended
     */
    ExecSyncResult execSync(String id, List<String> command, Duration timeout)
            throws TimeoutException;

    /** Runs a command in a running container, and returns its exit code. */
    int exec(String id, List<String> command, boolean tty, ContainerStreams streams)
            throws IOException;

    /** Connects to the main process of a container, and returns its exit code when it ends. */
    int attach(String id, boolean tty, ContainerStreams streams) throws IOException;

    /** Opens a connection to a port of a sandbox. */
    PodConnection portForward(String sandboxId, int port) throws IOException;

    /** What running containers use; reads what has been sampled. */
    List<ContainerStats> listContainerStats();

    /**
     * Bytes that a container has written outside its volumes; reads the disk.
     *
     * @throws CriException when there is no such container
     */
    long writableBytes(String containerId);

    /** What this runtime cannot give of what a pod asks for, in sentences; empty when nothing. */
    List<String> notEnforced(ObjectNode pod);

    /** Stops watching; what runs goes on running. */
    @Override
    void close();
}
