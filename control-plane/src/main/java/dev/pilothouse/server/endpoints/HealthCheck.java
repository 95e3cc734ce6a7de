package dev.pilothouse.server.endpoints;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named check of the server's health.
 *
 * @param name for example {@code etcd} or {@code poststarthook/start-controllers}
 * @param endpoints which of {@code healthz}, {@code livez} and {@code readyz} it belongs to
 * @param probe finds out
 */
public record HealthCheck(String name, Set<String> endpoints, Probe probe) {

    /** A check that belongs to all three. */
    public static HealthCheck everywhere(String name, Probe probe) {
        return new HealthCheck(name, Set.of("healthz", "livez", "readyz"), probe);
    }

    /** A check that says whether requests may be sent, not whether the server lives. */
    public static HealthCheck readiness(String name, Probe probe) {
        return new HealthCheck(name, Set.of("readyz"), probe);
    }

    /** Finds out whether something works. Thread-safe, quick and without waiting. */
    @FunctionalInterface
    public interface Probe {
        /** Null when all is well, else why not; the reason is logged, not shown. */
        @Nullable String failure();
    }
}
