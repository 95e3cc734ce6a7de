package dev.pilothouse.ui.launch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;

/**
 * Looks at one kind after the other and ends the application when each has shown its objects: what
 * an installation runs to see whether it works, and what an ahead-of-time cache is recorded from.
 * To be used on the JavaFX thread.
 */
final class SelfCheck extends AnimationTimer {

    /** What asks for it on the command line. */
    static final String OPTION = "--self-check";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long a kind is looked at, so that its rows are drawn as well. */
    private static final Duration LOOK = Duration.ofMillis(300);

    /** What every new cluster has objects of. */
    private static final List<String> KINDS =
            List.of("Namespace", "Node", "Service", "ServiceAccount", "ConfigMap", "Namespace");

    private final Scene scene;
    private final Consumer<String> open;
    private final Queue<String> left = new ArrayDeque<>(KINDS);
    private long begun;
    private long shown;

    /**
     * A check of a window.
     *
     * @param open opens a kind by its name
     */
    SelfCheck(Scene scene, Consumer<String> open) {
        this.scene = scene;
        this.open = open;
    }

    @Override
    public void handle(long now) {
        String kind = left.peek();
        if (kind == null) {
            stop();
            System.out.println("pilothouse: the window and its cluster work");
            Platform.exit();
        } else if (begun == 0) {
            begun = now;
            open.accept(kind);
        } else if (shown == 0) {
            // The navigator learns of the kinds a little after the window is open.
            open.accept(kind);
            if (scene.lookup(".table-row-cell:filled") != null) {
                shown = now;
            } else if (now - begun > PATIENCE.toNanos()) {
                fail(kind);
            }
        } else if (now - shown > LOOK.toNanos()) {
            left.remove();
            begun = 0;
            shown = 0;
        }
    }

    private void fail(String kind) {
        stop();
        System.err.println(
                "pilothouse: no " + kind + " was shown within " + PATIENCE.toSeconds() + " s");
        // Ending the process waits for the cluster, which must not be done on this thread.
        Thread.ofPlatform().name("end").start(() -> System.exit(1));
    }
}
