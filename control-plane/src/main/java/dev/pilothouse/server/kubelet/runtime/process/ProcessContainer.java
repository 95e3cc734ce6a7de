package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import dev.pilothouse.server.kubelet.log.LogStream;
import dev.pilothouse.server.kubelet.log.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One container. While its process runs, a virtual thread that sleeps until files change carries
 * output into the log and sees the end. Thread-safe.
 */
final class ProcessContainer {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessContainer.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final ContainerRecord record;
    private final ContainerFiles files;
    private final Surroundings surroundings;
    private final ContainerTree tree;
    private final List<OutputPump.Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ContainerState state = ContainerState.CREATED;
    private @Nullable Instant startedAt;
    private @Nullable Outcome outcome;
    private long pid;
    private long supervisor;
    private boolean woken;
    private boolean abandoned;
    private boolean terminating;
    private Instant deadline = Instant.MAX;

    ProcessContainer(ContainerRecord record, ContainerFiles files, Surroundings surroundings) {
        this.record = record;
        this.files = files;
        this.surroundings = surroundings;
        this.tree = new ContainerTree(record, files, surroundings.processes());
    }

    ContainerRecord record() {
        return record;
    }

    ContainerFiles files() {
        return files;
    }

    ContainerStatus status() {
        lock.lock();
        try {
            Outcome end = outcome;
            return new ContainerStatus(
                    record.id(),
                    record.sandboxId(),
                    record.name(),
                    record.attempt(),
                    shownState(),
                    record.createdAt(),
                    startedAt,
                    end == null ? null : end.finishedAt(),
                    end == null ? 0 : end.exitCode(),
                    record.image(),
                    "",
                    end == null ? "" : end.reason(),
                    end == null ? "" : end.message(),
                    record.logPath(),
                    record.mounts(),
                    record.labels());
        } finally {
            lock.unlock();
        }
    }

    /** Before it has its process nobody can type into it, so it does not count as running. */
    private ContainerState shownState() {
        return state == ContainerState.RUNNING && startedAt == null
                ? ContainerState.CREATED
                : state;
    }

    boolean isRunning() {
        lock.lock();
        try {
            return state == ContainerState.RUNNING;
        } finally {
            lock.unlock();
        }
    }

    /** Its main process, 0 before it has one. */
    long pid() {
        lock.lock();
        try {
            return pid;
        } finally {
            lock.unlock();
        }
    }

    void listen(OutputPump.Listener listener) {
        listeners.add(listener);
    }

    void unlisten(OutputPump.Listener listener) {
        listeners.remove(listener);
    }

    /** Starts its process, and returns when that is there. */
    void start() {
        try {
            CommandLine.check(record.command(), record.workingDir(), record.environment());
            List<String> command = record.command();
            if (record.tty()) {
                command = CommandLine.onTerminal(command);
            }
            List<String> whole = new ArrayList<>(record.prefix());
            whole.addAll(command);
            LogWriter log = surroundings.logs().open(record.logPath());
            Process process =
                    surroundings
                            .supervisor()
                            .start(
                                    files,
                                    record.stdin() || record.tty(),
                                    CommandLine.withOddVariables(whole, record.environment()),
                                    record.workingDir(),
                                    record.environment());
            process.getOutputStream().close();
            setState(ContainerState.RUNNING);
            watch(log, process.toHandle(), new long[2]);
            awaitPid();
        } catch (CriException e) {
            startFailed(e.text());
            throw e;
        } catch (IOException e) {
            startFailed(String.valueOf(e.getMessage()));
            throw new CriException(Code.INTERNAL, "cannot start: " + e.getMessage(), e);
        }
    }

    /** Finds again what an earlier run of the program has left. */
    void adopt() throws IOException {
        Outcome noted = Outcome.read(files.outcome());
        Long supervising = ContainerFiles.number(files.supervisor());
        Instant noticed = ContainerFiles.written(files.supervisor());
        if (supervising == null || noticed == null) {
            if (noted != null) {
                end(noted);
            }
            return;
        }
        supervisor = supervising;
        startedAt = ContainerFiles.written(files.pid());
        if (noted != null && !noted.reason().equals(Outcome.OOM_KILLED)) {
            end(noted);
            return;
        }
        setState(ContainerState.RUNNING);
        boolean there = surroundings.processes().isRunning(supervising, noticed);
        LogWriter log = surroundings.logs().open(record.logPath());
        watch(log, there ? ProcessHandle.of(supervising).orElse(null) : null, files.readOffsets());
    }

    private void watch(LogWriter log, @Nullable ProcessHandle supervising, long[] offsets)
            throws IOException {
        WatchKey key = surroundings.watch().listen(files.io(), this::wake);
        if (supervising != null) {
            supervisor = supervising.pid();
            var _ = supervising.onExit().thenRun(this::wake);
        }
        OutputPump stdout = new OutputPump(files.stdout(), LogStream.STDOUT, offsets[0]);
        OutputPump stderr = new OutputPump(files.stderr(), LogStream.STDERR, offsets[1]);
        Thread.ofVirtual()
                .name("container " + record.id())
                .start(() -> {
                    try {
                        follow(log, stdout, stderr, supervising);
                    } catch (IOException | RuntimeException e) {
                        LOG.error("container {}: its output is lost", record.id(), e);
                        lose(log);
                    } finally {
                        surroundings.watch().forget(key);
                    }
                });
    }

    private void follow(
            LogWriter log,
            OutputPump stdout,
            OutputPump stderr,
            @Nullable ProcessHandle supervising)
            throws IOException {
        try (stdout;
                stderr) {
            while (true) {
                notePid();
                // Looked at before the output, so that all output of an ended process is seen.
                boolean ended =
                        Files.exists(files.exit()) || supervising == null || !supervising.isAlive();
                boolean any = stdout.drain(log, this::tell) | stderr.drain(log, this::tell);
                if (any) {
                    files.writeOffsets(stdout.resumeAt(log), stderr.resumeAt(log));
                }
                if (ended) {
                    tree.sweep(pid(), supervisor);
                    stdout.drain(log, this::tell);
                    stderr.drain(log, this::tell);
                    log.close();
                    end(outcomeOfExit());
                    return;
                }
                if (!awaitWake()) {
                    log.abandon();
                    return;
                }
            }
        }
    }

    /** The log cannot be written, perhaps because the disk is full; the process still counts. */
    private void lose(LogWriter log) {
        try {
            log.abandon();
        } catch (IOException e) {
            LOG.debug("container {}: {}", record.id(), e.getMessage());
        }
        while (!Files.exists(files.exit())
                && surroundings.processes().isRunning(supervisor, Instant.MAX.minusSeconds(10))) {
            if (!awaitWake()) {
                return;
            }
            notePid();
        }
        tree.sweep(pid(), supervisor);
        end(outcomeOfExit());
    }

    private void tell(LogStream stream, byte[] bytes, int length) {
        listeners.forEach(listener -> listener.output(stream, bytes, length));
    }

    private Outcome outcomeOfExit() {
        Long code = ContainerFiles.number(files.exit());
        Instant when = ContainerFiles.written(files.exit());
        Outcome noted = Outcome.read(files.outcome());
        Outcome end;
        if (noted != null) {
            end =
                    new Outcome(
                            noted.exitCode(),
                            noted.reason(),
                            noted.message(),
                            when == null ? noted.finishedAt() : when);
        } else if (code != null && when != null) {
            end = new Outcome(code.intValue(), "", "", when);
        } else {
            end =
                    new Outcome(
                            255,
                            "Unknown",
                            "the process is gone and nobody saw how it ended",
                            surroundings.clock().instant());
        }
        try {
            if (noted == null) {
                end.write(files.outcome());
            }
        } catch (IOException e) {
            LOG.warn("container {}: {}", record.id(), e.getMessage());
        }
        return end;
    }

    private void startFailed(String message) {
        Outcome failed = new Outcome(128, "StartError", message, surroundings.clock().instant());
        try {
            failed.write(files.outcome());
        } catch (IOException e) {
            LOG.warn("container {}: {}", record.id(), e.getMessage());
        }
        lock.lock();
        try {
            startedAt = Instant.EPOCH;
        } finally {
            lock.unlock();
        }
        end(failed);
    }

    private void end(Outcome how) {
        lock.lock();
        try {
            outcome = how;
            state = ContainerState.EXITED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        surroundings.onChange().accept(record.podUid());
    }

    /** It has used more memory than it may. */
    void outOfMemory() {
        if (!isRunning()) {
            return;
        }
        try {
            new Outcome(137, Outcome.OOM_KILLED, "", surroundings.clock().instant())
                    .write(files.outcome());
        } catch (IOException e) {
            LOG.warn("container {}: {}", record.id(), e.getMessage());
        }
        tree.kill(pid(), supervisor);
    }

    /** Asks it to end, makes it end after the grace, and returns when it has ended. */
    void stop(Duration grace) throws InterruptedException {
        lock.lock();
        try {
            if (state == ContainerState.CREATED) {
                outcome = new Outcome(137, "", "", surroundings.clock().instant());
                state = ContainerState.EXITED;
            }
            if (state == ContainerState.EXITED) {
                return;
            }
            Instant until = Instant.now().plus(grace);
            deadline = until.isBefore(deadline) ? until : deadline;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (grace.isPositive() && firstToTerminate()) {
            tree.terminate(pid());
        }
        if (!awaitEndUntilDeadline()) {
            tree.kill(pid(), supervisor);
            awaitEnd();
        }
    }

    private boolean firstToTerminate() {
        lock.lock();
        try {
            boolean first = !terminating;
            terminating = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitEndUntilDeadline() throws InterruptedException {
        lock.lock();
        try {
            while (state != ContainerState.EXITED) {
                long left = Duration.between(Instant.now(), deadline).toNanos();
                if (left <= 0) {
                    return false;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end and returns the exit code. */
    int awaitEnd() throws InterruptedException {
        lock.lock();
        try {
            while (state != ContainerState.EXITED || outcome == null) {
                if (abandoned) {
                    throw new InterruptedException("the runtime is closed");
                }
                changed.await();
            }
            return outcome.exitCode();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the standard input when the first session that used it ends. */
    void endInput() {
        Long holder = ContainerFiles.number(files.holder());
        if (holder != null) {
            ProcessHandle.of(holder).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Stops watching over it; it goes on running. */
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitPid() throws IOException {
        Instant until = Instant.now().plus(START_TIMEOUT);
        lock.lock();
        try {
            while (pid == 0 && state == ContainerState.RUNNING) {
                long left = Duration.between(Instant.now(), until).toNanos();
                if (left <= 0) {
                    throw new IOException("the process did not start in time");
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void notePid() {
        if (pid() > 0) {
            return;
        }
        Long noted = ContainerFiles.number(files.pid());
        if (noted != null) {
            lock.lock();
            try {
                pid = noted;
                startedAt = ContainerFiles.written(files.pid());
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void setState(ContainerState next) {
        lock.lock();
        try {
            state = next;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has happened; false when nobody watches any longer. */
    private boolean awaitWake() {
        lock.lock();
        try {
            while (!woken) {
                changed.awaitUninterruptibly();
            }
            woken = false;
            return !abandoned;
        } finally {
            lock.unlock();
        }
    }
}
