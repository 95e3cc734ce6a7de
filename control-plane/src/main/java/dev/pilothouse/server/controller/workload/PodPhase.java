package dev.pilothouse.server.controller.workload;

/** How far a pod is. Source: core/v1 PodPhase. */
public enum PodPhase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN;

    static PodPhase of(String text) {
        return switch (text) {
            case "Running" -> RUNNING;
            case "Succeeded" -> SUCCEEDED;
            case "Failed" -> FAILED;
            case "Unknown" -> UNKNOWN;
            default -> PENDING;
        };
    }

    /** Whether the pod will not run any more. */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED;
    }
}
