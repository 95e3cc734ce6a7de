package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.structural.SchemaError.Reason;
import dev.pilothouse.model.schema.structural.ValueChecks.Junctor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a value satisfies a schema within allOf, anyOf, oneOf or not. */
final class JunctorCheck {

    private JunctorCheck() {}

    /** What fails, empty when the value satisfies it. */
    static List<SchemaError> failures(JsonNode value, Junctor junctor, String path) {
        List<SchemaError> errors = new ArrayList<>();
        check(value, junctor, path, errors);
        return errors;
    }

    private static void check(
            JsonNode value, Junctor junctor, String path, List<SchemaError> errors) {
        if (!junctor.type().isEmpty()) {
            JsonTypes.check(value, List.of(junctor.type()), path, errors);
        }
        ValueChecks checks = junctor.checks();
        new ValueCheck(checks, path, errors).check(value);
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                Junctor child =
                        junctor.properties().getOrDefault(entry.getKey(), junctor.additional());
                if (child != null) {
                    String name = SchemaValidation.child(path, entry.getKey());
                    check(entry.getValue(), child, name, errors);
                }
            }
        } else if (value instanceof ArrayNode array && junctor.items() != null) {
            for (int i = 0; i < array.size(); i++) {
                check(array.get(i), junctor.items(), path + "[" + i + "]", errors);
            }
        }
        junctors(value, checks, path, errors);
    }

    /** Checks the junctors of one level. */
    static void junctors(
            JsonNode value, ValueChecks checks, String path, List<SchemaError> errors) {
        for (Junctor part : checks.allOf()) {
            check(value, part, path, errors);
        }
        alternatives(value, checks, path, errors);
        Junctor not = checks.not();
        if (not != null && failures(value, not, path).isEmpty()) {
            errors.add(junctor(path, "must not validate the schema (not)"));
        }
    }

    private static void alternatives(
            JsonNode value, ValueChecks checks, String path, List<SchemaError> errors) {
        if (!checks.anyOf().isEmpty()) {
            List<SchemaError> nearest = nearest(value, checks.anyOf(), path);
            if (!nearest.isEmpty()) {
                errors.add(junctor(path, "must validate at least one schema (anyOf)"));
                errors.addAll(nearest);
            }
        }
        if (checks.oneOf().isEmpty()) {
            return;
        }
        long valid =
                checks.oneOf().stream()
                        .filter(part -> failures(value, part, path).isEmpty())
                        .count();
        String one = "must validate one and only one schema (oneOf). Found ";
        if (valid == 0) {
            errors.add(junctor(path, one + "none valid"));
            errors.addAll(nearest(value, checks.oneOf(), path));
        } else if (valid > 1) {
            errors.add(junctor(path, one + valid + " valid alternatives"));
        }
    }

    /** The failures of the alternative that fails least; empty when one holds. */
    private static List<SchemaError> nearest(JsonNode value, List<Junctor> parts, String path) {
        @Nullable List<SchemaError> nearest = null;
        for (Junctor part : parts) {
            List<SchemaError> failures = failures(value, part, path);
            if (nearest == null || failures.size() < nearest.size()) {
                nearest = failures;
            }
        }
        return nearest == null ? List.of() : nearest;
    }

    private static SchemaError junctor(String path, String message) {
        return SchemaError.of(
                Reason.INVALID,
                "<nil>",
                Json.mapper().getNodeFactory().stringNode(""),
                "\"" + path + "\" " + message);
    }
}
