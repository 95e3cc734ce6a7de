package dev.pilothouse.ui.launch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.fx.Background;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import tools.jackson.databind.node.ObjectNode;

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

    /**
     * And of what the check creates: pods on the simulated node, since an engine may be missing.
     */
    private static final List<String> OWN = List.of("Deployment", "Pod");

    private static final String NAME = "pilothouse-self-check";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    private final Scene scene;
    private final Cluster cluster;
    private final Executor pulse;
    private final Consumer<String> open;
    private final Queue<String> left = new ArrayDeque<>(KINDS);
    private long begun;
    private long shown;
    private boolean created;

    /**
     * A check of a window.
     *
     * @param cluster what the window shows; a Deployment is created in it, and deleted in the end
     * @param open opens a kind by its name
     */
    SelfCheck(Scene scene, Cluster cluster, Executor pulse, Consumer<String> open) {
        this.scene = scene;
        this.cluster = cluster;
        this.pulse = pulse;
        this.open = open;
    }

    @Override
    public void start() {
        super.start();
        Background.start(
                "self-check",
                pulse,
                () -> {
                    cluster.call(ApiCall.post(DEPLOYMENTS, deployment()));
                    pulse.execute(() -> {
                        left.addAll(OWN);
                        created = true;
                    });
                },
                this::fail);
    }

    @Override
    public void handle(long now) {
        String kind = left.peek();
        if (kind == null) {
            if (created) {
                end();
            }
        } else if (begun == 0) {
            begun = now;
            open.accept(kind);
        } else if (shown == 0) {
            // The navigator learns of the kinds a little after the window is open.
            open.accept(kind);
            if (scene.lookup(".table-row-cell:filled") != null) {
                shown = now;
            } else if (now - begun > PATIENCE.toNanos()) {
                fail("no " + kind + " was shown within " + PATIENCE.toSeconds() + " s");
            }
        } else if (now - shown > LOOK.toNanos()) {
            left.remove();
            begun = 0;
            shown = 0;
        }
    }

    private void end() {
        stop();
        Background.start(
                "self-check",
                pulse,
                () -> {
                    cluster.call(ApiCall.delete(DEPLOYMENTS + "/" + NAME, Json.object()));
                    System.out.println("pilothouse: the window and its cluster work");
                    pulse.execute(Platform::exit);
                },
                this::fail);
    }

    private static ObjectNode deployment() {
        return Json.parseObject(
                """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1$s"},
                 "spec":{"replicas":3,"selector":{"matchLabels":{"app":"%1$s"}},
                  "template":{"metadata":{"labels":{"app":"%1$s"}},
                   "spec":{"containers":[{"name":"main","image":"example/none"}]}}}}
                """
                        .formatted(NAME));
    }

    private void fail(String reason) {
        stop();
        System.err.println("pilothouse: " + reason);
        // Ending the process waits for the cluster, which must not be done on this thread.
        Thread.ofPlatform().name("end").start(() -> System.exit(1));
    }
}
