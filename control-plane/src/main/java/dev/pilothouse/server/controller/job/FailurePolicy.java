package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.PodTrait;
import dev.pilothouse.server.controller.workload.PodTrait.Exit;
import dev.pilothouse.server.controller.workload.PodView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the failure of a pod means for its job. The first rule that matches decides. */
final class FailurePolicy {

    private final List<ObjectNode> rules;

    FailurePolicy(List<ObjectNode> rules) {
        this.rules = rules;
    }

    /** What a failure comes to. */
    enum Action {
        COUNT,
        IGNORE,
        FAIL_INDEX,
        FAIL_JOB
    }

    /**
     * A decision.
     *
     * @param message why, when the job fails
     */
    record Decision(Action action, String message) {}

    private static final Decision COUNT = new Decision(Action.COUNT, "");

    /** Decides about a pod that has failed. */
    Decision decide(PodView pod) {
        if (!(pod.trait() instanceof PodTrait.OfJob trait)) {
            return COUNT;
        }
        for (int i = 0; i < rules.size(); i++) {
            ObjectNode rule = rules.get(i);
            String cause = cause(rule, pod, trait);
            if (cause == null) {
                continue;
            }
            return switch (Json.text(rule, "action")) {
                case "Ignore" -> new Decision(Action.IGNORE, "");
                case "FailIndex" -> new Decision(Action.FAIL_INDEX, "");
                case "FailJob" ->
                        new Decision(
                                Action.FAIL_JOB, cause + " matching FailJob rule at index " + i);
                default -> COUNT;
            };
        }
        return COUNT;
    }

    /** Why a rule matches, or null when it does not. */
    private static @Nullable String cause(ObjectNode rule, PodView pod, PodTrait.OfJob trait) {
        ObjectNode codes = Json.objectAt(rule, "onExitCodes");
        if (codes != null) {
            for (Exit exit : trait.exits()) {
                if (matches(codes, exit)) {
                    return "Container "
                            + exit.container()
                            + " for pod "
                            + pod.key()
                            + " failed with exit code "
                            + exit.code();
                }
            }
            return null;
        }
        for (ObjectNode condition : Json.objects(rule, "onPodConditions")) {
            String type = Json.text(condition, "type");
            String status = Json.text(condition, "status");
            if ((status.isEmpty() ? "True" : status).equals(trait.conditions().get(type))) {
                return "Pod " + pod.key() + " has condition " + type;
            }
        }
        return null;
    }

    private static boolean matches(ObjectNode codes, Exit exit) {
        String container = Json.text(codes, "containerName");
        if (!container.isEmpty() && !container.equals(exit.container())) {
            return false;
        }
        boolean listed = false;
        for (JsonNode code : codes.path("values")) {
            listed |= code.asInt() == exit.code();
        }
        return listed == Json.text(codes, "operator").equals("In");
    }
}
