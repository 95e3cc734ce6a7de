package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusCause;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.registry.ObjectChange;
import dev.pilothouse.server.registry.ResourceStores;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes disruptions from PodDisruptionBudgets before pods are evicted. Source:
 * pkg/registry/core/pod/storage/eviction.go.
 */
final class DisruptionBudgets {

    private static final GroupVersionResource BUDGETS =
            new GroupVersionResource("policy", "v1", "poddisruptionbudgets");
    private static final GroupResource BUDGET = new GroupResource("policy", "poddisruptionbudget");
    private static final String SEVERAL_BUDGETS =
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    private static final int RETRY_SECONDS = 10;

    /** More pending evictions than this means that the disruption controller is not running. */
    private static final int MAX_DISRUPTED_PODS = 2000;

    private final Storage storage;
    private final ResourceKind kind;
    private final ResourceStores stores;

    DisruptionBudgets(Storage storage, Scheme scheme, ResourceStores stores) {
        this.storage = storage;
        this.kind = Objects.requireNonNull(scheme.byResource(BUDGETS), "poddisruptionbudgets");
        this.stores = stores;
    }

    /** Under which condition a pod may go. */
    enum Grant {
        /** The pod may go. */
        GRANTED,
        /** The pod may go as it is now; should it become ready meanwhile, it may not. */
        GRANTED_AS_IT_IS
    }

    /**
     * Claims the disruption of a pod.
     *
     * @throws ApiException 429 when the budget does not allow it now, 500 when several budgets
     *     cover the pod
     */
    Grant claim(ObjectNode pod, WriteContext context) {
        if (isUnprotected(pod)) {
            return Json.text(pod, "status", "phase").equals("Pending") && !isDeleting(pod)
                    ? Grant.GRANTED_AS_IT_IS
                    : Grant.GRANTED;
        }
        List<ObjectNode> budgets = covering(pod);
        if (budgets.isEmpty()) {
            return Grant.GRANTED;
        }
        if (budgets.size() > 1) {
            throw new ApiException(
                    new Status(false, 500, StatusReason.UNKNOWN, SEVERAL_BUDGETS, null, ""));
        }
        ObjectNode budget = budgets.getFirst();
        if (!isReady(pod) && mayEvictUnready(budget)) {
            return Grant.GRANTED_AS_IT_IS;
        }
        String podName = Json.text(pod, "metadata", "name");
        Claim claim = new Claim(podName, context.now());
        stores.of(kind)
                .update(
                        Json.text(budget, "metadata", "namespace"),
                        Json.text(budget, "metadata", "name"),
                        claim,
                        context.forKind(kind).forSubresource("status"));
        return Grant.GRANTED;
    }

    /** The refusal when a pod has changed while its eviction was decided on. */
    static ApiException tryAgain(String budget) {
        return tooMany(
                "The disruption budget " + budget + " is still being processed by the server.",
                RETRY_SECONDS);
    }

    /** The names of the budgets of a pod, for people. */
    String names(ObjectNode pod) {
        return covering(pod).stream()
                .map(budget -> Json.text(budget, "metadata", "name"))
                .collect(Collectors.joining(", "));
    }

    private static boolean isUnprotected(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return phase.equals("Succeeded")
                || phase.equals("Failed")
                || phase.equals("Pending")
                || isDeleting(pod);
    }

    private static boolean isDeleting(ObjectNode pod) {
        return Json.at(pod, "metadata", "deletionTimestamp") != null;
    }

    /**
     * A refusal that clients know how to handle. Only one that passes by itself says when to come
     * again: client libraries would wait in silence for the others.
     */
    private static ApiException tooMany(String why, int retrySeconds) {
        StatusCause cause = new StatusCause("DisruptionBudget", why, "");
        return new ApiException(
                Status.failure(
                        StatusReason.TOO_MANY_REQUESTS,
                        "Cannot evict pod as it would violate the pod's disruption budget.",
                        new Details("", "", "", "", List.of(cause), retrySeconds)));
    }

    private static boolean isReady(ObjectNode pod) {
        return Json.objects(pod, "status", "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals("Ready")
                                && Json.text(condition, "status").equals("True"));
    }

    private static boolean mayEvictUnready(ObjectNode budget) {
        if (Json.text(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow")) {
            return true;
        }
        return Json.number(budget, 0, "status", "currentHealthy")
                        >= Json.number(budget, 0, "status", "desiredHealthy")
                && Json.number(budget, 0, "status", "desiredHealthy") > 0;
    }

    private List<ObjectNode> covering(ObjectNode pod) {
        Map<String, String> labels = Json.stringMap(pod, "metadata", "labels");
        List<ObjectNode> covering = new ArrayList<>();
        Iterator<StoredObject> budgets =
                storage.snapshot(kind.storage().groupResource())
                        .iterate(Json.text(pod, "metadata", "namespace"), null, null);
        while (budgets.hasNext()) {
            ObjectNode budget = Json.parseObject(budgets.next().json());
            JsonNode selector = Json.at(budget, "spec", "selector");
            if (selector != null && LabelSelector.fromJson(selector).matches(labels::get)) {
                covering.add(budget);
            }
        }
        return covering;
    }

    private record Claim(String pod, Instant now) implements ObjectChange {

        @Override
        public ObjectNode apply(@Nullable ObjectNode current) {
            ObjectNode budget = Objects.requireNonNull(current).deepCopy();
            ObjectNode status = Json.child(budget, "status");
            long allowed = Json.number(status, 0, "disruptionsAllowed");
            if (Json.number(status, 0, "observedGeneration")
                    < Json.number(budget, 0, "metadata", "generation")) {
                throw tryAgain(name(budget));
            }
            if (allowed < 0) {
                throw forbidden(budget, "pdb disruptions allowed is negative");
            }
            ObjectNode disrupted = Json.child(status, "disruptedPods");
            if (disrupted.size() > MAX_DISRUPTED_PODS) {
                throw forbidden(
                        budget,
                        "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
            }
            if (allowed == 0) {
                throw tooMany(whyNot(budget, status), 0);
            }
            status.put("disruptionsAllowed", allowed - 1);
            if (allowed == 1) {
                close(budget, status);
            }
            disrupted.put(pod, now.truncatedTo(ChronoUnit.SECONDS).toString());
            return budget;
        }

        private static String whyNot(ObjectNode budget, ObjectNode status) {
            ObjectNode condition = condition(status);
            if (Json.text(condition, "reason").equals("SyncFailed")) {
                return "The disruption budget "
                        + name(budget)
                        + " does not allow evicting pods currently because it failed sync: "
                        + Json.text(condition, "message");
            }
            return "The disruption budget "
                    + name(budget)
                    + " needs "
                    + Json.number(status, 0, "desiredHealthy")
                    + " healthy pods and has "
                    + Json.number(status, 0, "currentHealthy")
                    + " currently";
        }

        /** Says that this was the last one for now. */
        private void close(ObjectNode budget, ObjectNode status) {
            ObjectNode condition = condition(status);
            if (condition != null) {
                if (!Json.text(condition, "status").equals("False")) {
                    condition.put(
                            "lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
                }
                condition.put("status", "False");
                condition.put("reason", "InsufficientPods");
                condition.put("message", "");
                condition.put(
                        "observedGeneration",
                        Json.number(budget, 0, "status", "observedGeneration"));
            }
        }

        private static @Nullable ObjectNode condition(ObjectNode status) {
            return Json.objects(status, "conditions").stream()
                    .filter(condition -> Json.text(condition, "type").equals("DisruptionAllowed"))
                    .findFirst()
                    .orElse(null);
        }

        private static ApiException forbidden(ObjectNode budget, String why) {
            return ApiException.forbidden(BUDGET, name(budget), why);
        }

        private static String name(ObjectNode budget) {
            return Json.text(budget, "metadata", "name");
        }

        @Override
        public Part part() {
            return Part.STATUS;
        }
    }
}
