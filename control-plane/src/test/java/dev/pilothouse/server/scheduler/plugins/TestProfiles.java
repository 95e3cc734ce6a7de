package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.Volume;
import dev.pilothouse.server.scheduler.volumes.VolumeClass;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import dev.pilothouse.server.scheduler.volumes.VolumeWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The default plug-ins over made-up surroundings. */
public final class TestProfiles {

    private TestProfiles() {}

    /** Without storage. */
    public static Profile of(
            DefaultSelectors selectors, Function<String, Map<String, String>> namespaces) {
        return of(selectors, namespaces, new Storage());
    }

    /** With storage. */
    public static Profile of(
            DefaultSelectors selectors,
            Function<String, Map<String, String>> namespaces,
            Storage storage) {
        return DefaultPlugins.profile(
                new DefaultPlugins.Surroundings(
                        selectors, namespaces, storage, storage, (_, _) -> {}));
    }

    /** Storage as tests want it. */
    public static final class Storage implements VolumeViews, VolumeWriter {

        /** Claims by namespace and name with a slash. */
        public final Map<String, Claim> claims = new HashMap<>();

        /** Volumes by name. */
        public final Map<String, Volume> volumes = new HashMap<>();

        /** Classes by name. */
        public final Map<String, VolumeClass> classes = new HashMap<>();

        /** Limits by node and driver. */
        public final Map<String, Map<String, Integer>> limits = new HashMap<>();

        /** What was written. */
        public final List<String> written = new ArrayList<>();

        @Override
        public @Nullable Claim claim(String namespace, String name) {
            return claims.get(namespace + "/" + name);
        }

        @Override
        public @Nullable Volume volume(String name) {
            return volumes.get(name);
        }

        @Override
        public List<Volume> volumesOf(String storageClass) {
            return volumes.values().stream()
                    .filter(volume -> volume.storageClass().equals(storageClass))
                    .toList();
        }

        @Override
        public @Nullable VolumeClass storageClass(String name) {
            return classes.get(name);
        }

        @Override
        public Map<String, Integer> limits(String node) {
            return limits.getOrDefault(node, Map.of());
        }

        @Override
        public void give(Volume volume, Claim claim) {
            written.add(volume.name() + " to " + claim.key());
        }

        @Override
        public void provision(Claim claim, String node) {
            written.add(claim.key() + " on " + node);
        }
    }
}
