package dev.pilothouse.server.registry.scheduling;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Rules of PriorityClasses. Source: pkg/apis/scheduling/validation. */
public final class PriorityClassStrategy implements ResourceStrategy {

    private static final String SYSTEM = "system-";
    private static final long HIGHEST_USER_PRIORITY = 1_000_000_000L;
    private static final Map<String, Long> KNOWN =
            Map.of(
                    "system-node-critical",
                    2_000_001_000L,
                    "system-cluster-critical",
                    2_000_000_000L);

    @Override
    public void setDefaults(ObjectNode priority) {
        Defaults.text(priority, "preemptionPolicy", "PreemptLowerPriority");
    }

    @Override
    public void validate(ObjectNode priority, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(priority, errors);
        String name = Json.text(priority, "metadata", "name");
        long value = Json.number(priority, 0, "value");
        if (name.startsWith(SYSTEM)) {
            String complaint = systemComplaint(name, value, Json.bool(priority, "globalDefault"));
            if (!complaint.isEmpty()) {
                errors.forbidden(
                        FieldPath.of("metadata").child("name"),
                        "priority class names with 'system-' prefix are reserved for system use only. error: "
                                + complaint);
            }
        } else if (value > HIGHEST_USER_PRIORITY) {
            whole.forbidden(
                    "value",
                    "maximum allowed value of a user defined priority is " + HIGHEST_USER_PRIORITY);
        }
        whole.oneOf("preemptionPolicy", List.of("Never", "PreemptLowerPriority"));
    }

    private static String systemComplaint(String name, long value, boolean globalDefault) {
        Long expected = KNOWN.get(name);
        if (expected == null) {
            return name + " is not a known system priority class";
        }
        if (expected != value) {
            return "value of " + name + " PriorityClass must be " + expected;
        }
        return globalDefault ? "globalDefault of " + name + " PriorityClass must be false" : "";
    }

    @Override
    public void validateUpdate(ObjectNode priority, ObjectNode old, FieldErrors errors) {
        if (Json.number(priority, 0, "value") != Json.number(old, 0, "value")) {
            errors.forbidden(FieldPath.of("value"), "may not be changed in an update.");
        }
        ObjectCheck.of(priority, errors).immutable("preemptionPolicy", old);
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
