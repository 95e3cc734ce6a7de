package dev.pilothouse.server.advice;

import org.jspecify.annotations.Nullable;

/** Where the scheduler makes itself known. Thread-safe. */
public final class PlacementAdvisors {

    private volatile @Nullable PlacementAdvisor advisor;

    /** Nobody is known yet. */
    public PlacementAdvisors() {}

    /** This one is to be asked from now on. */
    public void connect(PlacementAdvisor connected) {
        advisor = connected;
    }

    /** Whom to ask, or null while no scheduler runs. */
    public @Nullable PlacementAdvisor find() {
        return advisor;
    }
}
