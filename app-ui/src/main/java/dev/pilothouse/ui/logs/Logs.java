package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import dev.pilothouse.ui.workbench.Where;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The screen of logs. */
public final class Logs {

    /** The type of its places. */
    public static final String TYPE = "logs";

    private static final Predicate<Kind> WITH_PODS =
            Verb.resources(
                    "pods",
                    "services",
                    "nodes",
                    "namespaces",
                    "replicationcontrollers",
                    "deployments.apps",
                    "replicasets.apps",
                    "statefulsets.apps",
                    "daemonsets.apps",
                    "jobs.batch");

    private Logs() {}

    /** The screen; its place is that of an object with pods. */
    public static Screen screen() {
        return new Screen(
                TYPE,
                LogPage::new,
                List.of(
                        new Verb("logs", "l", WITH_PODS, true, open("")),
                        new Verb("previousLogs", "p", Verb.resources("pods"), true, open("true"))),
                false);
    }

    /**
     * The logs of the pods of an object.
     *
     * @param container only of containers with this name; empty for all
     */
    public static Place of(ObjectRef object, String container) {
        Place place = Place.of(TYPE, object);
        return container.isEmpty() ? place : place.with("container", container);
    }

    private static Verb.Run open(String previous) {
        return (objects, where, context) -> open(objects, where, context, previous);
    }

    private static void open(
            List<ObjectRef> objects, Where where, Context context, String previous) {
        ObjectRef first = objects.getFirst();
        boolean oneNamespace = objects.stream().map(ObjectRef::namespace).distinct().count() == 1;
        if (first.kind().resource().equals("pods") && objects.size() > 1 && oneNamespace) {
            String names = objects.stream().map(ObjectRef::name).collect(Collectors.joining(","));
            Place place =
                    Place.of(TYPE, first.kind())
                            .with("namespace", first.namespace())
                            .with("names", names);
            context.workbench().open(place.withState("previous", previous), where);
            return;
        }
        for (ObjectRef object : objects) {
            context.workbench().open(of(object, "").withState("previous", previous), where);
        }
    }
}
