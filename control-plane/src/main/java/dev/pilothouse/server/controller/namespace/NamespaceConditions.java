package dev.pilothouse.server.controller.namespace;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.namespace.NamespaceContent.Outcome;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in the status of a namespace how its deletion gets on. Types, reasons and messages are those
 * of pkg/controller/namespace/deletion/status_condition_utils.go, which people and tools look for.
 */
final class NamespaceConditions {

    private final InstantSource clock;

    private record Condition(String type, boolean bad, String reason, String message) {}

    NamespaceConditions(InstantSource clock) {
        this.clock = clock;
    }

    /** The namespace with these conditions, or null when it has them already. */
    @Nullable ObjectNode apply(ObjectNode namespace, Outcome outcome) {
        ObjectNode changed = namespace.deepCopy();
        ObjectNode status = Json.child(changed, "status");
        ArrayNode conditions =
                Json.arrayAt(status, "conditions") instanceof ArrayNode present
                        ? present
                        : status.putArray("conditions");
        for (Condition condition : conditions(outcome)) {
            set(conditions, condition);
        }
        return changed.equals(namespace) ? null : changed;
    }

    private static List<Condition> conditions(Outcome outcome) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(
                outcome.stale().isEmpty()
                        ? good(
                                "NamespaceDeletionDiscoveryFailure",
                                "ResourcesDiscovered",
                                "All resources successfully discovered")
                        : bad(
                                "NamespaceDeletionDiscoveryFailure",
                                "DiscoveryFailed",
                                "Discovery failed for some groups, "
                                        + outcome.stale().size()
                                        + " failing: "
                                        + String.join(", ", outcome.stale())));
        conditions.add(
                good(
                        "NamespaceDeletionGroupVersionParsingFailure",
                        "ParsedGroupVersions",
                        "All legacy kube types successfully parsed"));
        conditions.add(
                outcome.failures().isEmpty()
                        ? good(
                                "NamespaceDeletionContentFailure",
                                "ContentDeleted",
                                "All content successfully deleted, may be waiting on finalization")
                        : bad(
                                "NamespaceDeletionContentFailure",
                                "ContentDeletionFailed",
                                "Failed to delete all resource types, "
                                        + outcome.failures().size()
                                        + " remaining: "
                                        + String.join(", ", outcome.failures())));
        conditions.add(remaining(outcome));
        conditions.add(finalizers(outcome));
        return conditions;
    }

    private static Condition remaining(Outcome outcome) {
        if (outcome.remaining().isEmpty()) {
            return good(
                    "NamespaceContentRemaining",
                    "ContentRemoved",
                    "All content successfully removed");
        }
        String counts =
                outcome.remaining().entrySet().stream()
                        .map(entry ->
                                entry.getKey().resource()
                                        + "."
                                        + entry.getKey().group()
                                        + " has "
                                        + entry.getValue()
                                        + " resource instances")
                        .collect(Collectors.joining(", "));
        return bad(
                "NamespaceContentRemaining",
                "SomeResourcesRemain",
                "Some resources are remaining: " + counts);
    }

    private static Condition finalizers(Outcome outcome) {
        if (outcome.finalizers().isEmpty()) {
            return good(
                    "NamespaceFinalizersRemaining",
                    "ContentHasNoFinalizers",
                    "All content-preserving finalizers finished");
        }
        String counts =
                outcome.finalizers().entrySet().stream()
                        .map(NamespaceConditions::count)
                        .collect(Collectors.joining(", "));
        return bad(
                "NamespaceFinalizersRemaining",
                "SomeFinalizersRemain",
                "Some content in the namespace has finalizers remaining: " + counts);
    }

    private static String count(Map.Entry<String, Integer> entry) {
        return entry.getKey() + " in " + entry.getValue() + " resource instances";
    }

    private static Condition good(String type, String reason, String message) {
        return new Condition(type, false, reason, message);
    }

    private static Condition bad(String type, String reason, String message) {
        return new Condition(type, true, reason, message);
    }

    private void set(ArrayNode conditions, Condition condition) {
        String status = condition.bad() ? "True" : "False";
        ObjectNode node = null;
        for (var present : conditions) {
            if (present instanceof ObjectNode object
                    && Json.text(object, "type").equals(condition.type())) {
                node = object;
            }
        }
        if (node == null) {
            node = conditions.addObject().put("type", condition.type());
        }
        if (!Json.text(node, "status").equals(status)) {
            node.put(
                    "lastTransitionTime",
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        node.put("status", status);
        node.put("reason", condition.reason());
        node.put("message", condition.message());
    }
}
