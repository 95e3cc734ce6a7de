package dev.pilothouse.server.scheduler.volumes;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known about storage. Thread-safe. */
public interface VolumeViews {

    /** A claim, or null. */
    @Nullable Claim claim(String namespace, String name);

    /** A volume, or null. */
    @Nullable Volume volume(String name);

    /** The volumes of a class, in no order. */
    List<Volume> volumesOf(String storageClass);

    /** A class, or null. */
    @Nullable VolumeClass storageClass(String name);

    /**
     * How many volumes each CSI driver can attach to a node; drivers without limit are left out.
     */
    Map<String, Integer> limits(String node);
}
