package dev.pilothouse.ui.metrics;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import java.util.List;
import java.util.function.Predicate;

/** The screen of charts. */
public final class Metrics {

    /** The type of its places. */
    public static final String TYPE = "metrics";

    /** The kinds whose objects use something that is measured. */
    public static final Predicate<Kind> MEASURED =
            Verb.resources(
                    "pods",
                    "nodes",
                    "deployments.apps",
                    "replicasets.apps",
                    "statefulsets.apps",
                    "daemonsets.apps",
                    "jobs.batch");

    private Metrics() {}

    /** The screen; {@code Place.of(TYPE)} is the whole cluster, else the place is an object's. */
    public static Screen screen() {
        return new Screen(
                TYPE,
                MetricsPage::new,
                List.of(Verb.opening("metrics", "m", MEASURED, object -> Place.of(TYPE, object))),
                true);
    }
}
