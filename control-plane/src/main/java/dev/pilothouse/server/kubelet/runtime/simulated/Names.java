package dev.pilothouse.server.kubelet.runtime.simulated;

/** Labels and annotations of simulated nodes and pods. */
public final class Names {

    /** The label by which the fleet knows its nodes. */
    public static final String RUNTIME_LABEL = "pilothouse.dev/runtime";

    /** The value of {@link #RUNTIME_LABEL} of simulated nodes. */
    public static final String SIMULATED = "simulated";

    /** What the names of annotations that steer the simulation begin with. */
    public static final String PREFIX = "simulated.pilothouse.dev/";

    private Names() {}
}
