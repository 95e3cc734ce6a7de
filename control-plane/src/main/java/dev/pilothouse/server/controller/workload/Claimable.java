package dev.pilothouse.server.controller.workload;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may be claimed by a controller: a pod, a replica set, a controller revision. */
public interface Claimable {

    String namespace();

    String name();

    String uid();

    Map<String, String> labels();

    /** Its managing controller. */
    @Nullable Owner controller();

    /** Whether it is going away. */
    boolean deleting();

    /** Whether its managing controller has this uid. */
    default boolean isControlledBy(String uid) {
        Owner owner = controller();
        return owner != null && owner.uid().equals(uid);
    }
}
