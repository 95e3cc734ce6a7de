package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.model.selector.LabelSelector.Operator;
import dev.pilothouse.model.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads selectors of labels and of nodes. What the server has let through is taken to be valid. */
public final class Selectors {

    private Selectors() {}

    /** A label selector, null when there is none: it selects nothing. */
    public static @Nullable LabelSelector labels(@Nullable JsonNode selector) {
        if (selector == null || !selector.isObject()) {
            return null;
        }
        List<Requirement> requirements = new ArrayList<>();
        Json.stringMap(selector, "matchLabels")
                .forEach((key, value) ->
                        requirements.add(new Requirement(key, Operator.IN, Set.of(value))));
        requirements.addAll(requirements(Json.arrayAt(selector, "matchExpressions")));
        return new LabelSelector(requirements);
    }

    /** A selector that also asks for the pod's own values of some labels, or for other values. */
    static @Nullable LabelSelector labels(
            ObjectNode owner, String field, Map<String, String> podLabels) {
        LabelSelector selector = labels(owner.get(field));
        if (selector == null) {
            return null;
        }
        List<Requirement> more = new ArrayList<>(selector.requirements());
        for (String key : strings(owner, "matchLabelKeys")) {
            String value = podLabels.get(key);
            if (value != null) {
                more.add(new Requirement(key, Operator.IN, Set.of(value)));
            }
        }
        for (String key : strings(owner, "mismatchLabelKeys")) {
            String value = podLabels.get(key);
            if (value != null) {
                more.add(new Requirement(key, Operator.NOT_IN, Set.of(value)));
            }
        }
        return new LabelSelector(more);
    }

    /** Terms of a node selector, null when there is no selector. */
    public static @Nullable List<NodeTerm> nodeTerms(@Nullable JsonNode nodeSelector) {
        if (nodeSelector == null || !nodeSelector.isObject()) {
            return null;
        }
        return Json.objects(nodeSelector, "nodeSelectorTerms").stream()
                .map(Selectors::nodeTerm)
                .toList();
    }

    static NodeTerm nodeTerm(@Nullable JsonNode term) {
        List<NodeTerm.NameRule> names = new ArrayList<>();
        for (ObjectNode field : Json.objects(term, "matchFields")) {
            names.add(
                    new NodeTerm.NameRule(
                            Json.text(field, "operator").equals("In"),
                            new LinkedHashSet<>(strings(field, "values"))));
        }
        return new NodeTerm(
                new LabelSelector(requirements(Json.arrayAt(term, "matchExpressions"))), names);
    }

    static List<String> strings(JsonNode owner, String field) {
        ArrayNode array = Json.arrayAt(owner, field);
        if (array == null) {
            return List.of();
        }
        List<String> strings = new ArrayList<>(array.size());
        array.forEach(value -> strings.add(value.asString("")));
        return strings;
    }

    private static List<Requirement> requirements(@Nullable ArrayNode expressions) {
        if (expressions == null) {
            return List.of();
        }
        List<Requirement> requirements = new ArrayList<>();
        for (JsonNode expression : expressions) {
            Operator operator =
                    switch (Json.text(expression, "operator")) {
                        case "NotIn" -> Operator.NOT_IN;
                        case "Exists" -> Operator.EXISTS;
                        case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
                        case "Gt" -> Operator.GREATER_THAN;
                        case "Lt" -> Operator.LESS_THAN;
                        default -> Operator.IN;
                    };
            requirements.add(
                    new Requirement(
                            Json.text(expression, "key"),
                            operator,
                            Set.copyOf(strings(expression, "values"))));
        }
        return requirements;
    }
}
