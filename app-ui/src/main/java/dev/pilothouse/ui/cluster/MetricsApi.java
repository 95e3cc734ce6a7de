package dev.pilothouse.ui.cluster;

import java.time.Duration;

/** The API of what pods and nodes use now. It has no watch, so whoever shows it asks again. */
public final class MetricsApi {

    /** Where it is. */
    public static final String PATH = "/apis/metrics.k8s.io/v1beta1";

    /** How often nodes are measured; asking more often tells nothing new. */
    public static final Duration MEASURED = Duration.ofSeconds(15);

    private MetricsApi() {}
}
