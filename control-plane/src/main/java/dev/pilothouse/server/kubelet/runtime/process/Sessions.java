package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import dev.pilothouse.server.kubelet.cri.ExecSyncResult;
import dev.pilothouse.server.kubelet.log.LogStream;
import dev.pilothouse.server.node.ContainerStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Commands in containers, and sessions with their main processes. A command gets the container's
 * environment, directory and rights. Thread-safe.
 */
final class Sessions {

    private static final int LONGEST_OUTPUT = 16 * 1024;

    private final HostProcesses processes;

    Sessions(HostProcesses processes) {
        this.processes = processes;
    }

    ExecSyncResult execSync(ProcessContainer container, List<String> command, Duration timeout)
            throws TimeoutException {
        try {
            Process process = start(container, command, false, true);
            process.getOutputStream().close();
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            Thread reader =
                    Thread.ofVirtual().start(() -> collect(process.getInputStream(), output));
            boolean ended =
                    timeout.isZero()
                            ? process.waitFor() >= 0
                            : process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (!ended) {
                end(process);
                throw new TimeoutException(
                        "command timed out: \""
                                + String.join(" ", command)
                                + "\" timed out after "
                                + timeout.toSeconds()
                                + "s");
            }
            reader.join();
            synchronized (output) {
                return new ExecSyncResult(
                        process.exitValue(), output.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CriException(
                    Code.INTERNAL, "failed to exec in container: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CriException(Code.INTERNAL, "interrupted", e);
        }
    }

    private static void collect(InputStream from, ByteArrayOutputStream into) {
        byte[] buffer = new byte[4096];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                synchronized (into) {
                    into.write(buffer, 0, Math.min(read, LONGEST_OUTPUT - into.size()));
                }
            }
        } catch (IOException _) {
            // Its end, however it came.
            return;
        }
    }

    int exec(
            ProcessContainer container, List<String> command, boolean tty, ContainerStreams streams)
            throws IOException {
        Process process = start(container, command, tty, false);
        AtomicReference<@Nullable IOException> gone = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        readers.add(copy(process.getInputStream(), streams.stdout(), process, gone));
        readers.add(
                copy(
                        process.getErrorStream(),
                        tty ? streams.stdout() : streams.stderr(),
                        process,
                        gone));
        feed(process, streams.stdin());
        if (tty) {
            streams.sizes().listen(Terminals.resizer(process::pid, processes));
        }
        try {
            int code = process.waitFor();
            for (Thread reader : readers) {
                reader.join();
            }
            IOException failure = gone.get();
            if (failure != null) {
                throw failure;
            }
            return code;
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private Thread copy(
            InputStream from,
            @Nullable OutputStream to,
            Process process,
            AtomicReference<@Nullable IOException> gone) {
        return Thread.ofVirtual()
                .start(() -> {
                    byte[] buffer = new byte[16 * 1024];
                    try (from) {
                        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                            if (to != null) {
                                write(to, buffer, read, process, gone);
                            }
                        }
                    } catch (IOException _) {
                        return;
                    }
                });
    }

    private void write(
            OutputStream to,
            byte[] buffer,
            int length,
            Process process,
            AtomicReference<@Nullable IOException> gone)
            throws IOException {
        try {
            to.write(buffer, 0, length);
            to.flush();
        } catch (IOException e) {
            gone.set(e);
            end(process);
            throw e;
        }
    }

    private static void feed(Process process, @Nullable InputStream stdin) throws IOException {
        OutputStream into = process.getOutputStream();
        if (stdin == null) {
            into.close();
            return;
        }
        Thread.ofVirtual()
                .start(() -> {
                    byte[] buffer = new byte[16 * 1024];
                    try (into) {
                        for (int read = stdin.read(buffer); read >= 0; read = stdin.read(buffer)) {
                            into.write(buffer, 0, read);
                            into.flush();
                        }
                    } catch (IOException _) {
                        // The command reads no more, or the client has gone: both end by exec.
                        return;
                    }
                });
    }

    int attach(ProcessContainer container, ContainerStreams streams) throws IOException {
        AtomicReference<@Nullable IOException> gone = new AtomicReference<>();
        Thread waiting = Thread.currentThread();
        OutputPump.Listener listener =
                (stream, bytes, length) -> {
                    OutputStream to =
                            stream == LogStream.STDERR ? streams.stderr() : streams.stdout();
                    if (to == null || gone.get() != null) {
                        return;
                    }
                    try {
                        to.write(bytes, 0, length);
                        to.flush();
                    } catch (IOException e) {
                        gone.set(e);
                        waiting.interrupt();
                    }
                };
        container.listen(listener);
        try {
            if (container.record().tty()) {
                streams.sizes().listen(Terminals.resizer(container::pid, processes));
            }
            InputStream stdin = streams.stdin();
            if (stdin != null && (container.record().stdin() || container.record().tty())) {
                type(container, stdin, gone, waiting);
            }
            return container.awaitEnd();
        } catch (InterruptedException e) {
            IOException failure = gone.get();
            if (failure != null) {
                throw failure;
            }
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            container.unlisten(listener);
        }
    }

    /** A platform thread, for opening a pipe of the file system holds its thread. */
    private static void type(
            ProcessContainer container,
            InputStream stdin,
            AtomicReference<@Nullable IOException> gone,
            Thread waiting) {
        Thread.ofPlatform()
                .daemon()
                .name("attach " + container.record().id())
                .start(() -> {
                    byte[] buffer = new byte[16 * 1024];
                    try (OutputStream into =
                            Files.newOutputStream(
                                    container.files().stdin(), StandardOpenOption.WRITE)) {
                        while (true) {
                            int read = readOf(stdin, buffer, gone, waiting);
                            if (read < 0) {
                                break;
                            }
                            into.write(buffer, 0, read);
                        }
                    } catch (IOException _) {
                        // The process reads no more.
                        return;
                    } finally {
                        if (container.record().stdinOnce()) {
                            container.endInput();
                        }
                    }
                });
    }

    private static int readOf(
            InputStream stdin,
            byte[] buffer,
            AtomicReference<@Nullable IOException> gone,
            Thread waiting) {
        try {
            return stdin.read(buffer);
        } catch (IOException e) {
            gone.set(e);
            waiting.interrupt();
            return -1;
        }
    }

    private Process start(
            ProcessContainer container, List<String> command, boolean tty, boolean together)
            throws IOException {
        ContainerRecord record = container.record();
        if (!container.isRunning()) {
            throw new CriException(
                    Code.INVALID_ARGUMENT, "container not running (" + record.id() + ")");
        }
        try {
            CommandLine.check(command, record.workingDir(), record.environment());
        } catch (CriException e) {
            throw new CriException(Code.INTERNAL, "failed to exec in container: " + e.text(), e);
        }
        List<String> whole = new ArrayList<>(record.prefix());
        whole.addAll(tty ? CommandLine.onTerminal(command) : command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(record.workingDir().toFile());
        builder.environment().clear();
        builder.environment().putAll(record.environment());
        if (tty) {
            builder.environment().putIfAbsent("TERM", "xterm");
        }
        return builder.redirectErrorStream(together).start();
    }

    private void end(Process process) {
        List<Long> tree =
                new ArrayList<>(
                        ProcessTree.of(process.pid(), processes.all()).stream()
                                .map(HostProcesses.Sample::pid)
                                .toList());
        tree.add(process.pid());
        processes.kill(0, tree);
    }
}
