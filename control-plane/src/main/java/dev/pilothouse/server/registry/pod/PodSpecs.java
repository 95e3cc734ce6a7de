package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Walks the containers of a pod spec. */
public final class PodSpecs {

    /** Members that list the containers a pod starts by itself, in starting order. */
    static final List<String> REGULAR_LISTS = List.of("initContainers", "containers");

    /** Members that list containers of any sort. */
    static final List<String> ALL_LISTS =
            List.of("initContainers", "containers", "ephemeralContainers");

    /** What to do with a container. */
    interface Visitor {
        void visit(JsonNode container, FieldPath path);
    }

    private PodSpecs() {}

    /** Visits all containers with their paths. */
    static void visit(JsonNode spec, FieldPath path, Visitor visitor) {
        for (String list : ALL_LISTS) {
            int index = 0;
            for (JsonNode container : spec.path(list)) {
                visitor.visit(container, path.child(list).index(index++));
            }
        }
    }

    /** Whether an init container keeps running beside the others. */
    static boolean isSidecar(JsonNode initContainer) {
        return initContainer.path("restartPolicy").asString("").equals("Always");
    }
}
