package dev.pilothouse.server.endpoints.resource;

/**
 * Where an object keeps what its scale subresource shows, as dotted paths.
 *
 * @param specReplicas wanted replicas
 * @param statusReplicas present replicas
 * @param selector label selector of the pods: structured, a map, or text; empty for none
 */
public record ScalePaths(String specReplicas, String statusReplicas, String selector) {

    /** The paths of the built-in workloads. */
    public static final ScalePaths BUILT_IN =
            new ScalePaths("spec.replicas", "status.replicas", "spec.selector");

    /** A path given as CRDs give it, with a leading dot. */
    public static String fromJsonPath(String path) {
        return path.startsWith(".") ? path.substring(1) : path;
    }
}
