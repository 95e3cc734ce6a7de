package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.record.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a pod.
 *
 * @param tree the pod, which nobody changes
 */
public record PodTree(ObjectNode tree) {

    /** Its namespace. */
    public String namespace() {
        return Json.text(tree, "metadata", "namespace");
    }

    /** Its name. */
    public String name() {
        return Json.text(tree, "metadata", "name");
    }

    /** Its uid. */
    public String uid() {
        return Json.text(tree, "metadata", "uid");
    }

    /** As messages name it. */
    String full() {
        return name() + "_" + namespace() + "(" + uid() + ")";
    }

    boolean isDeleted() {
        return !Json.text(tree, "metadata", "deletionTimestamp").isEmpty();
    }

    /** Whether the API has it as ended for good. */
    public boolean isTerminal() {
        String phase = Json.text(tree, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    long graceSeconds() {
        long own = Json.number(tree, 30, "spec", "terminationGracePeriodSeconds");
        return Json.number(tree, own, "metadata", "deletionGracePeriodSeconds");
    }

    String restartPolicy() {
        String policy = Json.text(tree, "spec", "restartPolicy");
        return policy.isEmpty() ? "Always" : policy;
    }

    List<ObjectNode> containers() {
        return Json.objects(tree, "spec", "containers");
    }

    List<ObjectNode> initContainers() {
        return Json.objects(tree, "spec", "initContainers");
    }

    List<ObjectNode> ephemeralContainers() {
        return Json.objects(tree, "spec", "ephemeralContainers");
    }

    List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>(initContainers());
        all.addAll(containers());
        all.addAll(ephemeralContainers());
        return all;
    }

    @Nullable ObjectNode container(String name) {
        return all().stream()
                .filter(container -> name(container).equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The field of the spec that holds a container. */
    String list(ObjectNode container) {
        if (initContainers().contains(container)) {
            return "initContainers";
        }
        return containers().contains(container) ? "containers" : "ephemeralContainers";
    }

    static String name(ObjectNode container) {
        return Json.text(container, "name");
    }

    /** Whether an init container is a sidecar (KEP 753). */
    static boolean isSidecar(ObjectNode container) {
        return Json.text(container, "restartPolicy").equals("Always");
    }

    ObjectReference reference() {
        return ObjectReference.of("v1", "Pod", tree);
    }

    ObjectReference reference(ObjectNode container) {
        return reference().at("spec." + list(container) + "{" + name(container) + "}");
    }

    /** Whether a container that has ended shall run again. */
    boolean restarts(ObjectNode container, int exitCode) {
        for (ObjectNode rule : Json.objects(container, "restartPolicyRules")) {
            JsonNode codes = Json.at(rule, "exitCodes");
            boolean listed =
                    Json.arrayAt(codes, "values") != null
                            && Objects.requireNonNull(Json.arrayAt(codes, "values"))
                                    .valueStream()
                                    .anyMatch(value -> value.asInt(-1) == exitCode);
            boolean in = Json.text(codes, "operator").equals("In");
            if (in == listed && Json.text(rule, "action").equals("Restart")) {
                return true;
            }
        }
        String own = Json.text(container, "restartPolicy");
        return switch (own.isEmpty() ? restartPolicy() : own) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }
}
