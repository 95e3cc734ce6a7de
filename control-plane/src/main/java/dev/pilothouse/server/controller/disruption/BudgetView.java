package dev.pilothouse.server.controller.disruption;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.record.ObjectReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which budgets there are, and which pods they guard.
 *
 * @param key its name
 * @param uid its uid
 * @param selector which pods, null for none
 * @param revision changes with it
 */
record BudgetView(
        NamespacedName key, String uid, @Nullable LabelSelector selector, String revision) {

    static BudgetView of(ObjectNode budget) {
        ObjectNode selector = Json.objectAt(budget, "spec", "selector");
        return new BudgetView(
                NamespacedName.of(budget),
                Json.text(budget, "metadata", "uid"),
                selector == null ? null : LabelSelector.fromJson(selector),
                Json.text(budget, "metadata", "resourceVersion"));
    }

    boolean guards(Map<String, String> labels) {
        return selector != null && selector.matches(labels::get);
    }

    ObjectReference reference() {
        return new ObjectReference(
                "policy/v1", "PodDisruptionBudget", key.namespace(), key.name(), uid, "", "");
    }
}
