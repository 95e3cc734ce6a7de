package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the priority class of a new pod into its priority. Source: plugin/pkg/admission/priority.
 */
final class PriorityAdmission implements AdmissionPlugin {

    private static final GroupResource CLASSES =
            new GroupResource("scheduling.k8s.io", "priorityclasses");
    private static final GroupResource PODS = new GroupResource("", "pods");

    private final Storage storage;

    private volatile Defaults defaults = new Defaults(List.of(), null);

    PriorityAdmission(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode pod = request.object();
        if (pod == null || !request.concerns("", "pods")) {
            return;
        }
        ObjectNode spec = Json.child(pod, "spec");
        if (request.operation() == Operation.UPDATE) {
            keep(spec, request.old(), "priority");
            keep(spec, request.old(), "preemptionPolicy");
            return;
        }
        ObjectNode priorityClass = classOf(request, spec);
        long priority = priorityClass == null ? 0 : Json.number(priorityClass, 0, "value");
        if (spec.has("priority") && Json.number(spec, 0, "priority") != priority) {
            throw ApiException.forbidden(
                    PODS,
                    request.name(),
                    "the integer value of priority ("
                            + Json.number(spec, 0, "priority")
                            + ") must not be provided in pod spec; priority admission controller computed "
                            + priority
                            + " from the given PriorityClass name");
        }
        spec.put("priority", priority);
        String policy = priorityClass == null ? "" : Json.text(priorityClass, "preemptionPolicy");
        if (!spec.has("preemptionPolicy")) {
            spec.put("preemptionPolicy", policy.isEmpty() ? "PreemptLowerPriority" : policy);
        }
    }

    /** Priority is set once; a client that does not know the field does not mean to clear it. */
    private static void keep(ObjectNode spec, @Nullable ObjectNode old, String field) {
        if (!spec.has(field) && Json.at(old, "spec", field) != null) {
            spec.set(field, Json.at(old, "spec", field));
        }
    }

    private @Nullable ObjectNode classOf(AdmissionRequest request, ObjectNode spec) {
        String name = Json.text(spec, "priorityClassName");
        if (name.isEmpty()) {
            ObjectNode global = globalDefault();
            if (global != null) {
                spec.put("priorityClassName", Json.text(global, "metadata", "name"));
            }
            return global;
        }
        StoredObject stored = storage.get(new ObjectKey(CLASSES, "", name));
        if (stored == null) {
            throw ApiException.forbidden(
                    PODS, request.name(), "no PriorityClass with name " + name + " was found");
        }
        return Json.parseObject(stored.json());
    }

    /**
     * Of several default classes the lowest counts. Every new pod asks, so the answer is kept for
     * as long as the classes are the same; it is not to be changed.
     */
    private @Nullable ObjectNode globalDefault() {
        List<StoredObject> classes = new ArrayList<>();
        storage.snapshot(CLASSES).iterate("", null, null).forEachRemaining(classes::add);
        Defaults known = defaults;
        if (!known.areOf(classes)) {
            known = new Defaults(classes, lowestDefault(classes));
            defaults = known;
        }
        return known.lowest();
    }

    private static @Nullable ObjectNode lowestDefault(List<StoredObject> classes) {
        ObjectNode lowest = null;
        for (StoredObject stored : classes) {
            ObjectNode candidate = Json.parseObject(stored.json());
            boolean lower =
                    lowest == null
                            || Json.number(candidate, 0, "value") < Json.number(lowest, 0, "value");
            if (Json.bool(candidate, "globalDefault") && lower) {
                lowest = candidate;
            }
        }
        return lowest;
    }

    /** The default class among some classes. */
    private record Defaults(List<StoredObject> classes, @Nullable ObjectNode lowest) {

        boolean areOf(List<StoredObject> others) {
            if (classes.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < classes.size(); i++) {
                if (classes.get(i).revision() != others.get(i).revision()) {
                    return false;
                }
            }
            return true;
        }
    }
}
