package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.informer.CachedObject;
import dev.pilothouse.model.informer.IndexFunction;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.selector.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole object of a kind that has dependents, or that is one. Immutable.
 *
 * @param object the object
 * @param labels its labels
 * @param controller its managing controller
 * @param selector selects its dependents; null when it has none
 * @param replicas how many dependents it wants, 1 when it does not say
 */
public record Workload(
        CachedObject object,
        Map<String, String> labels,
        @Nullable Owner controller,
        @Nullable LabelSelector selector,
        int replicas)
        implements Claimable {

    /** The name of the index of objects by the uid of their controller. */
    public static final String BY_CONTROLLER = "controller";

    /** The name of the index of objects without a controller by their namespace. */
    public static final String ORPHANS = "orphans";

    /** Indexes objects by the uid of their controller, and those that have none. */
    public static final Map<String, IndexFunction<Workload>> INDEXES =
            Map.of(
                    BY_CONTROLLER,
                    workload ->
                            workload.controller == null
                                    ? List.of()
                                    : List.of(workload.controller.uid()),
                    ORPHANS,
                    workload ->
                            workload.controller == null
                                    ? List.of(workload.namespace())
                                    : List.of());

    /** Keeps an object. */
    public static Workload of(ObjectNode object) {
        return new Workload(
                CachedObject.of(object),
                Map.copyOf(Json.stringMap(object, "metadata", "labels")),
                Owner.controllerOf(object),
                selector(object),
                (int) Json.number(object, 1, "spec", "replicas"));
    }

    /** Its metadata. */
    public ObjectMeta meta() {
        return object.meta();
    }

    @Override
    public String namespace() {
        return meta().namespace();
    }

    @Override
    public String name() {
        return meta().name();
    }

    @Override
    public String uid() {
        return meta().uid();
    }

    @Override
    public boolean deleting() {
        return meta().deleting();
    }

    /** Where it lives. */
    public Key key() {
        return new Key(namespace(), name());
    }

    /** The whole object as a new tree. */
    public ObjectNode tree() {
        return object.tree();
    }

    /** Whether it selects these labels. */
    public boolean selects(Map<String, String> labelsOfOther) {
        LabelSelector mine = selector;
        return mine != null && mine.matches(labelsOfOther::get);
    }

    private static @Nullable LabelSelector selector(ObjectNode object) {
        ObjectNode selector = Json.objectAt(object, "spec", "selector");
        if (selector == null) {
            return null;
        }
        try {
            // A ReplicationController's selector is a plain map of labels.
            boolean plain = selector.valueStream().allMatch(JsonNode::isString);
            LabelSelector parsed =
                    plain
                            ? LabelSelector.ofMap(Json.stringMap(selector))
                            : LabelSelector.fromJson(selector);
            return parsed.isEverything() ? null : parsed;
        } catch (ApiException _) {
            return null;
        }
    }
}
