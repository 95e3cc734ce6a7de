package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.meta.GroupVersion;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import dev.pilothouse.server.request.VersionAlias;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The groups and versions of a scheme in the order in which they are shown; also knows the version
 * of paths that name none. Follows changes of the scheme. Thread-safe.
 */
public final class ServedGroups implements VersionAlias {

    private final Scheme scheme;

    /** The groups of this scheme. */
    public ServedGroups(Scheme scheme) {
        this.scheme = scheme;
    }

    /**
     * A group.
     *
     * @param name empty for the core group
     * @param versions the preferred one first
     */
    record Group(String name, List<Version> versions) {
        /** The version that clients shall use unless they know better. */
        Version preferred() {
            return versions.getFirst();
        }
    }

    /** A version of a group and its resources by name. */
    record Version(GroupVersion groupVersion, List<ResourceKind> resources) {
        String name() {
            return groupVersion.version();
        }
    }

    /** All groups of these kinds, the core group first. */
    static List<Group> of(Collection<ResourceKind> kinds) {
        TreeMap<String, TreeMap<String, List<ResourceKind>>> groups =
                new TreeMap<>(GroupPriority.ORDER);
        kinds.stream()
                .sorted(Comparator.comparing(kind -> kind.resource().resource()))
                .forEach(kind ->
                        groups.computeIfAbsent(
                                        kind.resource().group(),
                                        group -> new TreeMap<>(VersionPriority.BEST_FIRST))
                                .computeIfAbsent(
                                        kind.resource().version(),
                                        version -> new java.util.ArrayList<>())
                                .add(kind));
        return groups.entrySet().stream()
                .map(group ->
                        new Group(
                                group.getKey(),
                                group.getValue().entrySet().stream()
                                        .map(version ->
                                                new Version(
                                                        new GroupVersion(
                                                                group.getKey(), version.getKey()),
                                                        List.copyOf(version.getValue())))
                                        .toList()))
                .toList();
    }

    @Override
    public @Nullable String versionFor(String group, String segment, String resource) {
        if (VersionPriority.isUsual(segment)) {
            return null;
        }
        String best = null;
        for (ResourceKind kind : scheme.all()) {
            GroupVersionResource served = kind.resource();
            if (!served.group().equals(group)) {
                continue;
            }
            if (served.version().equals(segment)) {
                return null;
            }
            if (served.resource().equals(resource)) {
                best = better(best, served.version());
            }
        }
        return best;
    }

    private static String better(@Nullable String a, String b) {
        return a == null || VersionPriority.BEST_FIRST.compare(b, a) < 0 ? b : a;
    }
}
