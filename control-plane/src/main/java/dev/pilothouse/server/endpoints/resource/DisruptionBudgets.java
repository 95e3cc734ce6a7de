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
    private static final GroupResource PODS = new GroupResource("", "pods");
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

    /**
     * Claims the disruption of a pod.
     *
     * @throws ApiException 429 when the budget does not allow it now, 500 when several budgets
     *     cover the pod
     */
    void claim(ObjectNode pod, WriteContext context) {
        if (isUnprotected(pod)) {
            return;
        }
        List<ObjectNode> budgets = covering(pod);
        if (budgets.isEmpty()) {
            return;
        }
        if (budgets.size() > 1) {
            throw ApiException.internal(
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
                    null);
        }
        ObjectNode budget = budgets.getFirst();
        if (!isReady(pod) && mayEvictUnready(budget)) {
            return;
        }
        String podName = Json.text(pod, "metadata", "name");
        Claim claim = new Claim(podName, context.now());
        stores.of(kind)
                .update(
                        Json.text(budget, "metadata", "namespace"),
                        Json.text(budget, "metadata", "name"),
                        claim,
                        context.forKind(kind).forSubresource("status"));
    }

    private static boolean isUnprotected(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return phase.equals("Succeeded")
                || phase.equals("Failed")
                || phase.equals("Pending")
                || Json.at(pod, "metadata", "deletionTimestamp") != null;
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
                throw tooMany(
                        "The disruption budget "
                                + name(budget)
                                + " is still being processed by the server.");
            }
            if (allowed <= 0) {
                throw tooMany(
                        "The disruption budget "
                                + name(budget)
                                + " needs "
                                + Json.number(status, 0, "desiredHealthy")
                                + " healthy pods and has "
                                + Json.number(status, 0, "currentHealthy")
                                + " currently");
            }
            ObjectNode disrupted = Json.child(status, "disruptedPods");
            if (disrupted.size() > MAX_DISRUPTED_PODS) {
                throw ApiException.forbidden(
                        PODS,
                        pod,
                        "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
            }
            status.put("disruptionsAllowed", allowed - 1);
            disrupted.put(pod, now.truncatedTo(ChronoUnit.SECONDS).toString());
            return budget;
        }

        private static String name(ObjectNode budget) {
            return Json.text(budget, "metadata", "name");
        }

        private static ApiException tooMany(String why) {
            StatusCause cause = new StatusCause("DisruptionBudget", why, "");
            return new ApiException(
                    Status.failure(
                            StatusReason.TOO_MANY_REQUESTS,
                            "Cannot evict pod as it would violate the pod's disruption budget.",
                            new Details("", "", "", "", List.of(cause), RETRY_SECONDS)));
        }

        @Override
        public Part part() {
            return Part.STATUS;
        }
    }
}
