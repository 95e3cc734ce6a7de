package dev.pilothouse.server.quota;

import dev.pilothouse.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the scopes of quotas ask of a pod.
 *
 * @param terminating whether its run time is limited
 * @param bestEffort whether it neither requests nor limits cpu or memory
 * @param crossNamespaceAffinity whether its affinity looks at other namespaces
 * @param priorityClass its priority class, may be empty
 */
public record PodTraits(
        boolean terminating,
        boolean bestEffort,
        boolean crossNamespaceAffinity,
        String priorityClass) {

    private static final List<String> TERMS =
            List.of(
                    "requiredDuringSchedulingIgnoredDuringExecution",
                    "preferredDuringSchedulingIgnoredDuringExecution");

    /** Reads a pod. */
    public static PodTraits of(ObjectNode pod) {
        return new PodTraits(
                Json.number(pod, -1, "spec", "activeDeadlineSeconds") >= 0,
                isBestEffort(pod),
                looksElsewhere(pod, "podAffinity") || looksElsewhere(pod, "podAntiAffinity"),
                Json.text(pod, "spec", "priorityClassName"));
    }

    /** Whether a scope of a quota covers the pod. */
    boolean matches(String scope, String operator, List<String> values) {
        return switch (scope) {
            case "Terminating" -> terminating;
            case "NotTerminating" -> !terminating;
            case "BestEffort" -> bestEffort;
            case "NotBestEffort" -> !bestEffort;
            case "CrossNamespacePodAffinity" -> crossNamespaceAffinity;
            case "PriorityClass" ->
                    switch (operator) {
                        case "In" -> values.contains(priorityClass);
                        case "NotIn" -> !values.contains(priorityClass);
                        case "DoesNotExist" -> priorityClass.isEmpty();
                        default -> !priorityClass.isEmpty();
                    };
            default -> false;
        };
    }

    private static boolean isBestEffort(ObjectNode pod) {
        List<String> counted = List.of("cpu", "memory");
        boolean ofPod =
                hasAny(Json.at(pod, "spec", "resources", "requests"), counted)
                        || hasAny(Json.at(pod, "spec", "resources", "limits"), counted);
        return !ofPod
                && List.of("containers", "initContainers").stream()
                        .flatMap(list -> Json.objects(pod, "spec", list).stream())
                        .noneMatch(container ->
                                hasAny(Json.at(container, "resources", "requests"), counted)
                                        || hasAny(
                                                Json.at(container, "resources", "limits"),
                                                counted));
    }

    private static boolean hasAny(@Nullable JsonNode list, List<String> names) {
        Amounts amounts = Amounts.of(list);
        return names.stream().anyMatch(name -> amounts.get(name).signum() > 0);
    }

    private static boolean looksElsewhere(ObjectNode pod, String affinity) {
        for (String list : TERMS) {
            for (ObjectNode term : Json.objects(pod, "spec", "affinity", affinity, list)) {
                JsonNode inner = term.has("podAffinityTerm") ? term.get("podAffinityTerm") : term;
                if (!inner.path("namespaces").isEmpty() || inner.has("namespaceSelector")) {
                    return true;
                }
            }
        }
        return false;
    }
}
