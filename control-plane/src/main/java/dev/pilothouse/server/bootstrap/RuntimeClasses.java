package dev.pilothouse.server.bootstrap;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.bootstrap.FirstObjects.FirstObject;
import tools.jackson.databind.node.ObjectNode;

/**
 * The RuntimeClasses that pods name to be run otherwise than in containers. Each leads its pods to
 * the nodes that carry the runtime's label.
 */
final class RuntimeClasses {

    private static final GroupVersionResource RUNTIME_CLASSES =
            new GroupVersionResource("node.k8s.io", "v1", "runtimeclasses");
    private static final String RUNTIME = "pilothouse.dev/runtime";

    private RuntimeClasses() {}

    /** Processes of this machine; their nodes refuse pods that do not ask for that. */
    static FirstObject hostProcess() {
        ObjectNode scheduling = scheduling("host-process");
        scheduling
                .putArray("tolerations")
                .addObject()
                .put("key", RUNTIME)
                .put("operator", "Equal")
                .put("value", "host-process")
                .put("effect", "NoSchedule");
        return runtimeClass("host-process", scheduling);
    }

    /** Nodes that only pretend to run pods. */
    static FirstObject simulated() {
        return runtimeClass("simulated", scheduling("simulated"));
    }

    private static ObjectNode scheduling(String runtime) {
        ObjectNode scheduling = Json.object();
        scheduling.putObject("nodeSelector").put(RUNTIME, runtime);
        return scheduling;
    }

    private static FirstObject runtimeClass(String name, ObjectNode scheduling) {
        ObjectNode object = FirstObjects.named("node.k8s.io/v1", "RuntimeClass", "", name);
        object.put("handler", name);
        object.set("scheduling", scheduling);
        return new FirstObject(RUNTIME_CLASSES, object);
    }
}
