package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.runtime.process.HostProcesses.Sample;
import dev.pilothouse.server.node.ContainerStreams.TerminalSize;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the size of terminals that {@code script} has made. Linux only; elsewhere nothing happens.
 */
final class Terminals {

    private static final Logger LOG = LoggerFactory.getLogger(Terminals.class);
    private static final int ATTEMPTS = 500;
    private static final long PAUSE_MILLIS = 20;

    private Terminals() {}

    /**
     * What sets the size of the terminal of a process below another one; sizes are set in the order
     * in which they come, and of those that come too fast only the last.
     */
    static Consumer<TerminalSize> resizer(LongSupplier pid, HostProcesses processes) {
        AtomicReference<@Nullable TerminalSize> wanted = new AtomicReference<>();
        ReentrantLock turn = new ReentrantLock(true);
        return size -> {
            wanted.set(size);
            Thread.ofVirtual()
                    .start(() -> {
                        turn.lock();
                        try {
                            TerminalSize last = wanted.getAndSet(null);
                            if (last != null) {
                                resize(pid.getAsLong(), last, processes);
                            }
                        } finally {
                            turn.unlock();
                        }
                    });
        };
    }

    private static void resize(long pid, TerminalSize size, HostProcesses processes) {
        if (size.width() <= 0 || size.height() <= 0) {
            return;
        }
        try {
            // The terminal is there a moment after its maker.
            for (int i = 0; i < ATTEMPTS && ProcessHandle.of(pid).isPresent(); i++) {
                Path terminal = find(pid, processes.all());
                if (terminal != null) {
                    set(terminal, size);
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("a terminal could not be resized: {}", e.getMessage());
        }
    }

    private static @Nullable Path find(long pid, Map<Long, Sample> all) {
        for (Sample sample : ProcessTree.of(pid, all)) {
            if (sample.pid() == pid) {
                continue;
            }
            try {
                Path input =
                        Files.readSymbolicLink(
                                Path.of("/proc", Long.toString(sample.pid()), "fd", "0"));
                if (input.startsWith("/dev/pts")) {
                    return input;
                }
            } catch (IOException e) {
                continue;
            }
        }
        return null;
    }

    private static void set(Path terminal, TerminalSize size)
            throws IOException, InterruptedException {
        new ProcessBuilder(
                        "stty",
                        "-F",
                        terminal.toString(),
                        "rows",
                        Integer.toString(size.height()),
                        "cols",
                        Integer.toString(size.width()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
