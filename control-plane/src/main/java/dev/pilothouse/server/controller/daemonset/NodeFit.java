package dev.pilothouse.server.controller.daemonset;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.daemonset.NodeView.Taint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides on which nodes the pods of a template belong. Made once, asked for every node. */
final class NodeFit {

    private final String nodeName;
    private final Map<String, String> nodeSelector;
    private final @Nullable List<Term> terms;
    private final List<ObjectNode> tolerations;

    /** Whether a pod belongs on a node. */
    enum Verdict {
        /** There has to be one. */
        RUN,
        /** One that is there may stay. */
        STAY,
        /** There must be none. */
        AWAY
    }

    /** All must hold of a node. */
    private record Term(List<Requirement> labels, List<Requirement> names) {}

    private record Requirement(String key, String operator, Set<String> values) {

        boolean holds(@Nullable String value) {
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                case "Gt" -> compare(value) > 0;
                case "Lt" -> compare(value) < 0;
                default -> false;
            };
        }

        /** Zero when one of both is not a number. */
        private int compare(@Nullable String value) {
            try {
                return value == null || values.size() != 1
                        ? 0
                        : Long.compare(
                                Long.parseLong(value), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException _) {
                return 0;
            }
        }
    }

    /**
     * Of the pods of a daemon set.
     *
     * @param spec the spec of the pods, with the tolerations that all daemons have
     */
    NodeFit(JsonNode spec) {
        this.nodeName = Json.text(spec, "nodeName");
        this.nodeSelector = Json.stringMap(spec, "nodeSelector");
        this.tolerations = Json.objects(spec, "tolerations");
        ArrayNode required =
                Json.arrayAt(
                        spec,
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        "nodeSelectorTerms");
        this.terms = required == null ? null : terms(required);
    }

    /** Whether a pod belongs on a node. */
    Verdict on(NodeView node) {
        boolean named = nodeName.isEmpty() || nodeName.equals(node.name());
        if (!named || !node.labels().entrySet().containsAll(nodeSelector.entrySet())) {
            return Verdict.AWAY;
        }
        if (terms != null && terms.stream().noneMatch(term -> holds(term, node))) {
            return Verdict.AWAY;
        }
        Verdict verdict = Verdict.RUN;
        for (Taint taint : node.taints()) {
            if (!taint.effect().equals("PreferNoSchedule") && !tolerates(taint)) {
                if (taint.effect().equals("NoExecute")) {
                    return Verdict.AWAY;
                }
                verdict = Verdict.STAY;
            }
        }
        return verdict;
    }

    private boolean tolerates(Taint taint) {
        for (ObjectNode toleration : tolerations) {
            String effect = Json.text(toleration, "effect");
            String key = Json.text(toleration, "key");
            boolean exists = Json.text(toleration, "operator").equals("Exists");
            boolean sameKey = key.isEmpty() ? exists : key.equals(taint.key());
            boolean sameValue = exists || Json.text(toleration, "value").equals(taint.value());
            if ((effect.isEmpty() || effect.equals(taint.effect())) && sameKey && sameValue) {
                return true;
            }
        }
        return false;
    }

    /** A term that asks for nothing selects nothing. */
    private static boolean holds(Term term, NodeView node) {
        if (term.labels().isEmpty() && term.names().isEmpty()) {
            return false;
        }
        return term.labels().stream()
                        .allMatch(requirement ->
                                requirement.holds(node.labels().get(requirement.key())))
                && term.names().stream()
                        .allMatch(requirement ->
                                requirement.key().equals("metadata.name")
                                        && requirement.holds(node.name()));
    }

    private static List<Term> terms(ArrayNode required) {
        List<Term> terms = new ArrayList<>();
        for (JsonNode term : required) {
            terms.add(
                    new Term(
                            requirements(term, "matchExpressions"),
                            requirements(term, "matchFields")));
        }
        return terms;
    }

    private static List<Requirement> requirements(JsonNode term, String list) {
        List<Requirement> requirements = new ArrayList<>();
        for (ObjectNode json : Json.objects(term, list)) {
            Set<String> values = new HashSet<>();
            json.path("values").forEach(value -> values.add(value.asString("")));
            requirements.add(
                    new Requirement(Json.text(json, "key"), Json.text(json, "operator"), values));
        }
        return requirements;
    }
}
