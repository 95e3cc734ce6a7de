package dev.pilothouse.ui.forward;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.forward.engine.ForwardManager;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The screen of forwarded ports, and the ports themselves: they are open without it as well. */
public final class Forwards implements AutoCloseable {

    /** The type of its only place. */
    public static final String TYPE = "forwards";

    private static final Predicate<Kind> WITH_PORTS =
            Verb.resources(
                    "pods",
                    "services",
                    "replicationcontrollers",
                    "deployments.apps",
                    "replicasets.apps",
                    "statefulsets.apps",
                    "daemonsets.apps");

    private final ForwardManager manager;

    /**
     * The forwarded ports of a cluster; those of the last time are opened again.
     *
     * @param directory where they are written down; null when nothing is to be kept
     */
    public Forwards(Cluster cluster, @Nullable Path directory) {
        String server = cluster.endpoint().getAuthority().replaceAll("[^A-Za-z0-9.-]", "_");
        // The embedded server may get another port each time, and is the same cluster.
        String name = server.startsWith("127.0.0.1") ? "local" : server;
        manager =
                new ForwardManager(
                        cluster, directory == null ? null : directory.resolve(name + ".json"));
    }

    /** The screen; its place is {@code Place.of(TYPE)}. */
    public Screen screen() {
        return new Screen(
                TYPE,
                (_, context) -> new ForwardPage(manager, context),
                List.of(new Verb("forward", "f", WITH_PORTS, false, this::ask).changing()),
                true);
    }

    private void ask(List<ObjectRef> objects, Where where, Context context) {
        ObjectRef object = objects.getFirst();
        context.background(
                "forward-ports",
                () -> {
                    List<String> ports = manager.offered(object);
                    context.pulse()
                            .execute(() -> {
                                context.workbench().open(Place.of(TYPE), where);
                                if (context.workbench().current().get()
                                        instanceof ForwardPage page) {
                                    page.ask(object, ports);
                                }
                            });
                },
                reason -> Texts.text("forward.failed", object.name(), reason));
    }

    /** Closes the ports; they stay written down. */
    @Override
    public void close() {
        manager.close();
    }
}
