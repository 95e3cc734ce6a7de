package dev.pilothouse.server.testing;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.ContainerStreams.TerminalSize;
import dev.pilothouse.server.node.ExecRequest;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.node.PodRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent for tests of streams: commands are processes of this machine in a directory, pods' ports
 * lead to sockets of this machine, and logs are fed by the test. It counts what is open.
 * Thread-safe.
 */
public final class HostAgent implements NodeAgent {

    private final Path directory;
    private final Map<String, BlockingQueue<String>> logs = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> ports = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<LogRequest> logRequests = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<TerminalSize> sizes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    /** An agent whose commands run in this directory. */
    public HostAgent(Path directory) {
        this.directory = directory;
    }

    /** How many calls and connections are open. */
    public int open() {
        return open.get();
    }

    /** A line of a container's log for whoever follows it; the empty line ends the log. */
    public void log(String container, String line) {
        lines(container).add(line);
    }

    /** The requests for logs so far. */
    public List<LogRequest> logRequests() {
        return List.copyOf(logRequests);
    }

    /** The terminal sizes that commands were told. */
    public List<TerminalSize> sizes() {
        return List.copyOf(sizes);
    }

    /** A port of all pods leads to a port of this machine. */
    public void map(int podPort, int localPort) {
        ports.put(podPort, localPort);
    }

    private BlockingQueue<String> lines(String container) {
        return logs.computeIfAbsent(container, _ -> new LinkedBlockingQueue<>());
    }

    @Override
    public void logs(LogRequest request, OutputStream out) throws IOException {
        logRequests.add(request);
        if (request.container().equals("refusing")) {
            throw ApiException.badRequest("the agent refuses");
        }
        open.incrementAndGet();
        try {
            while (true) {
                String line = lines(request.container()).take();
                if (line.isEmpty()) {
                    return;
                }
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                if (request.follow()) {
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            throw new IOException("the client has gone", e);
        } finally {
            open.decrementAndGet();
        }
    }

    @Override
    public int exec(ExecRequest request, ContainerStreams streams) throws IOException {
        open.incrementAndGet();
        streams.sizes().listen(sizes::add);
        Process process;
        try {
            process =
                    new ProcessBuilder(request.command())
                            .directory(directory.toFile())
                            .redirectErrorStream(request.tty())
                            .start();
        } catch (IOException e) {
            open.decrementAndGet();
            throw ApiException.internal("cannot run " + request.command(), e);
        }
        try {
            return run(process, streams);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            open.decrementAndGet();
        }
    }

    private static int run(Process process, ContainerStreams streams) throws IOException {
        Thread stdin = pump(streams.stdin(), process.getOutputStream(), true, process);
        Thread stdout = pump(process.getInputStream(), streams.stdout(), false, process);
        Thread stderr = pump(process.getErrorStream(), streams.stderr(), false, process);
        try {
            int code = process.waitFor();
            stdout.join();
            stderr.join();
            return code;
        } catch (InterruptedException e) {
            throw new IOException("the client has gone", e);
        } finally {
            stdin.interrupt();
        }
    }

    private static Thread pump(
            @Nullable InputStream from, @Nullable OutputStream to, boolean close, Process process) {
        return Thread.ofVirtual()
                .start(() -> {
                    try (OutputStream ended = close ? to : null) {
                        byte[] buffer = new byte[16 * 1024];
                        int count = from == null ? -1 : from.read(buffer);
                        while (count >= 0 && from != null) {
                            if (to != null) {
                                to.write(buffer, 0, count);
                                to.flush();
                            }
                            count = from.read(buffer);
                        }
                    } catch (IOException e) {
                        // A command may end without reading all of its input. Destroying it then
                        // would close its output too, and with it what is still to be read.
                        if (!close) {
                            process.descendants().forEach(ProcessHandle::destroyForcibly);
                            process.destroyForcibly();
                        }
                    }
                });
    }

    @Override
    public int attach(PodRef pod, String container, boolean tty, ContainerStreams streams)
            throws IOException {
        return exec(
                new ExecRequest(
                        pod, container, List.of("sh", "-c", "echo attached; exec cat"), tty),
                streams);
    }

    @Override
    public PodConnection connect(PodRef pod, int port) throws IOException {
        Integer local = ports.get(port);
        if (local == null) {
            throw new IOException("connection refused: port " + port);
        }
        Socket socket = new Socket("127.0.0.1", local);
        open.incrementAndGet();
        return new PodConnection() {
            private boolean closed;

            @Override
            public InputStream input() {
                try {
                    return socket.getInputStream();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public OutputStream output() {
                try {
                    return socket.getOutputStream();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void shutdownOutput() throws IOException {
                socket.shutdownOutput();
            }

            @Override
            public synchronized void close() {
                if (!closed) {
                    closed = true;
                    open.decrementAndGet();
                }
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @Override
    public NodeUsage usage(String node) {
        Instant now = Instant.EPOCH;
        Duration window = Duration.ofSeconds(10);
        Usage usage = new Usage(250_000_000, 64 << 20);
        PodUsage pod =
                new PodUsage(
                        new PodRef("default", "web", "uid"),
                        now,
                        window,
                        List.of(new ContainerUsage("app", usage)));
        return new NodeUsage(now, window, usage, List.of(pod));
    }

    @Override
    public NodeFiles files(String node) {
        return new NodeFiles(Instant.EPOCH, null, 0, Map.of());
    }

    @Override
    public @Nullable Path podLogs(String node) {
        return null;
    }

    @Override
    public ObjectNode configuration(String node) {
        return Json.object().put("kind", "KubeletConfiguration");
    }
}
