package dev.pilothouse.server.kubelet.runtime.process;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells of changes in directories. Linux and Windows tell themselves; elsewhere Java looks again
 * and again, so there a short nap between looks is our own. Thread-safe.
 */
final class DirectoryWatch implements AutoCloseable {

    private static final long NAP_MILLIS = 200;

    private final WatchService service;
    private final boolean told;
    private final Map<WatchKey, Runnable> listeners = new ConcurrentHashMap<>();
    private volatile boolean closed;

    DirectoryWatch() throws IOException {
        this.service = FileSystems.getDefault().newWatchService();
        String system = System.getProperty("os.name", "");
        this.told = system.startsWith("Linux") || system.startsWith("Windows");
    }

    void start() {
        Thread.ofPlatform().daemon().name("container-files").start(this::watch);
    }

    /** The listener is called after each change in a directory until it is forgotten. */
    WatchKey listen(Path directory, Runnable listener) throws IOException {
        WatchKey key =
                directory.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY);
        listeners.put(key, listener);
        return key;
    }

    void forget(WatchKey key) {
        key.cancel();
        listeners.remove(key);
    }

    private void watch() {
        try {
            while (!closed) {
                if (told) {
                    tell(service.take());
                } else {
                    Thread.sleep(NAP_MILLIS);
                    listeners.values().forEach(Runnable::run);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            closed = true;
        }
    }

    private void tell(WatchKey key) {
        key.pollEvents();
        // Before the listener runs: what happens meanwhile must tell again.
        key.reset();
        Runnable listener = listeners.get(key);
        if (listener != null) {
            listener.run();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        service.close();
    }
}
