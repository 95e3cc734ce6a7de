package dev.pilothouse.ui.cluster;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Kinds by what kubectl calls them, and those that every cluster has. */
public final class Kinds {

    /** Pods. */
    public static final Kind PODS = new Kind("", "v1", "pods", "Pod", true);

    /** Nodes. */
    public static final Kind NODES = new Kind("", "v1", "nodes", "Node", false);

    /** Namespaces. */
    public static final Kind NAMESPACES = new Kind("", "v1", "namespaces", "Namespace", false);

    /** Events of the core group. */
    public static final Kind EVENTS = new Kind("", "v1", "events", "Event", true);

    private Kinds() {}

    /**
     * A kind of a cluster, null when there is none.
     *
     * @param qualified its name as {@link Kind#qualified} has it
     */
    public static @Nullable Kind find(List<Kind> kinds, String qualified) {
        for (Kind kind : kinds) {
            if (kind.qualified().equals(qualified)) {
                return kind;
            }
        }
        return null;
    }

    /** Several kinds in the order of their names, without those there are not. */
    public static List<Kind> find(List<Kind> kinds, List<String> qualified) {
        return qualified.stream().map(name -> find(kinds, name)).filter(Objects::nonNull).toList();
    }
}
