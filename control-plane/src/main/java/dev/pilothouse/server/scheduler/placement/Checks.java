package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.FilterPlugin.Preparation;
import dev.pilothouse.server.scheduler.framework.NodeFilter;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The filters of all plug-ins for one pod. Used by one thread at a time. */
public final class Checks {

    private final List<Filter> filters;
    private final List<FilterPlugin> silent;
    private final @Nullable Status rejection;
    private final @Nullable Set<String> names;
    private final Set<String> namers;
    private final NodeFilter.Scope scope;

    private record Filter(FilterPlugin plugin, NodeFilter filter) {}

    /**
     * What one plug-in says of a node.
     *
     * @param plugin its name
     * @param filter the filter that says so
     * @param status what it says
     */
    public record Verdict(String plugin, NodeFilter filter, Status status) {}

    private Checks(
            List<Filter> filters,
            List<FilterPlugin> silent,
            @Nullable Status rejection,
            @Nullable Set<String> names,
            Set<String> namers) {
        this.filters = filters;
        this.silent = silent;
        this.rejection = rejection;
        this.names = names;
        this.namers = namers;
        NodeFilter.Scope widest = NodeFilter.Scope.NODE;
        for (Filter filter : filters) {
            NodeFilter.Scope own = filter.filter().scope();
            widest = own.compareTo(widest) > 0 ? own : widest;
        }
        this.scope = widest;
    }

    /** Lets all plug-ins look at a pod and the nodes. */
    public static Checks of(Profile profile, PodInfo pod, Snapshot snapshot) {
        List<Filter> filters = new ArrayList<>();
        List<FilterPlugin> silent = new ArrayList<>();
        Set<String> names = null;
        Set<String> namers = new TreeSet<>();
        for (FilterPlugin plugin : profile.filters()) {
            switch (plugin.prepare(pod, snapshot)) {
                case Preparation.Skip() -> silent.add(plugin);
                case Preparation.Rejected(Status status) -> {
                    return new Checks(filters, silent, status, names, namers);
                }
                case Preparation.Ready(NodeFilter filter, var only) -> {
                    filters.add(new Filter(plugin, filter));
                    if (only != null) {
                        namers.add(plugin.name());
                        names = both(names, only);
                        if (names.isEmpty()) {
                            Status none = nowhere(plugin.name(), namers);
                            return new Checks(filters, silent, none, names, namers);
                        }
                    }
                }
            }
        }
        return new Checks(filters, silent, null, names, namers);
    }

    private static Set<String> both(@Nullable Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(other);
        if (one != null) {
            both.retainAll(one);
        }
        return both;
    }

    private static Status nowhere(String plugin, Set<String> namers) {
        String all = "[" + String.join(" ", namers) + "]";
        return Status.unresolvable(
                plugin,
                namers.size() == 1
                        ? "node(s) didn't satisfy plugin(s) " + all
                        : "node(s) didn't satisfy plugin(s) " + all + " simultaneously");
    }

    /** Why no node can take the pod, when that is clear without looking at single nodes. */
    public @Nullable Status rejection() {
        return rejection;
    }

    /** The only nodes that can take the pod, or null for all. */
    public @Nullable Set<String> names() {
        return names;
    }

    /** What the nodes that are not among {@link #names} are told. */
    Status elsewhere() {
        String first = namers.isEmpty() ? "" : namers.iterator().next();
        return Status.unresolvable(
                first, "node(s) didn't satisfy plugin(s) [" + String.join(" ", namers) + "]");
    }

    /** How far answers can be kept. */
    NodeFilter.Scope scope() {
        return scope;
    }

    /** The first refusal of a node, or success. */
    public Status check(NodeInfo node) {
        for (int i = 0; i < filters.size(); i++) {
            Status status = filters.get(i).filter().check(node);
            if (!status.isSuccess()) {
                return status;
            }
        }
        return Status.SUCCESS;
    }

    /**
     * The first refusal of a node, or success, with the pods for which room is being made there: a
     * node must have room besides them, but must not depend on them, since they may go elsewhere.
     */
    public Status check(PodInfo pod, NodeInfo node, Nominations nominations) {
        List<PodInfo> nominated = nominations.before(pod, node.name());
        if (!nominated.isEmpty()) {
            Checks with = copy();
            NodeInfo fuller = node;
            for (PodInfo other : nominated) {
                fuller = fuller.with(other);
                with.podAdded(other, fuller);
            }
            Status status = with.check(fuller);
            if (!status.isSuccess()) {
                return status;
            }
        }
        return check(node);
    }

    /** What all plug-ins say of a node, in order. */
    public List<Verdict> verdicts(NodeInfo node) {
        return filters.stream()
                .map(filter ->
                        new Verdict(
                                filter.plugin().name(),
                                filter.filter(),
                                filter.filter().check(node)))
                .toList();
    }

    /** A pod has come to a node; false when these filters cannot follow that. */
    public boolean podAdded(PodInfo pod, NodeInfo node) {
        filters.forEach(filter -> filter.filter().podAdded(pod, node));
        return stayOut(pod);
    }

    /** A pod has left a node; false when these filters cannot follow that. */
    public boolean podRemoved(PodInfo pod, NodeInfo node) {
        filters.forEach(filter -> filter.filter().podRemoved(pod, node));
        return stayOut(pod);
    }

    private boolean stayOut(PodInfo pod) {
        for (FilterPlugin plugin : silent) {
            if (!plugin.staysOut(pod)) {
                return false;
            }
        }
        return true;
    }

    /** An independent copy, which can follow other pods. */
    public Checks copy() {
        List<Filter> copies = new ArrayList<>(filters.size());
        filters.forEach(filter -> copies.add(new Filter(filter.plugin(), filter.filter().copy())));
        return new Checks(copies, silent, rejection, names, namers);
    }
}
