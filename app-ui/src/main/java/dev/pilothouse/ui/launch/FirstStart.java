package dev.pilothouse.ui.launch;

import dev.pilothouse.server.cli.ProcessSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The start of the embedded cluster beside that of JavaFX; neither needs the other, and both take
 * about as long. It begins when this class is first used, for JavaFX makes the application object
 * itself and cannot be given it. Thread-safe.
 */
final class FirstStart {

    /** The window is to show its first page before the cluster takes up its work. */
    private static final Duration FIRST_REQUESTS = Duration.ofSeconds(1);

    private static final CompletableFuture<Session> SESSION = begin();

    private FirstStart() {}

    /** The cluster that is starting, or why it did not start; it belongs to who asks first. */
    static CompletableFuture<Session> session() {
        return SESSION;
    }

    private static CompletableFuture<Session> begin() {
        CompletableFuture<Session> session = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("start")
                .start(() -> {
                    try {
                        session.complete(
                                Session.start(
                                        ProcessSettings.controlPlaneOptions()
                                                .withFirstRequests(FIRST_REQUESTS)));
                    } catch (Throwable e) {
                        session.completeExceptionally(e);
                    }
                });
        return session;
    }
}
