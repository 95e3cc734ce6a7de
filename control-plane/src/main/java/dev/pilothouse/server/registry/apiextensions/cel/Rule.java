package dev.pilothouse.server.registry.apiextensions.cel;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of {@code x-kubernetes-validations} as it is written.
 *
 * @param rule the expression that must hold
 * @param message what to say when it does not, or empty
 * @param messageExpression an expression for what to say, or empty
 * @param reason reason of the error, empty for {@code FieldValueInvalid}
 * @param fieldPath the field to complain about, relative to the value, or empty
 * @param optionalOldSelf whether {@code oldSelf} is optional, so that the rule also runs on
 *     creation
 */
record Rule(
        String rule,
        String message,
        String messageExpression,
        String reason,
        String fieldPath,
        @Nullable Boolean optionalOldSelf) {

    static List<Rule> of(ObjectNode schema) {
        List<Rule> rules = new ArrayList<>();
        for (ObjectNode rule : Json.objects(schema, Schemas.RULES)) {
            rules.add(
                    new Rule(
                            Json.text(rule, "rule"),
                            Json.text(rule, "message"),
                            Json.text(rule, "messageExpression"),
                            Json.text(rule, "reason"),
                            Json.text(rule, "fieldPath"),
                            Json.at(rule, "optionalOldSelf") == null
                                    ? null
                                    : Json.bool(rule, "optionalOldSelf")));
        }
        return rules;
    }

    boolean hasOptionalOldSelf() {
        return Boolean.TRUE.equals(optionalOldSelf);
    }

    /** What names the rule in errors about its evaluation. */
    String shown() {
        return message.isEmpty() ? rule.strip() : message.strip();
    }

    /** What to say when it does not hold and no expression says it. */
    String failure() {
        return message.isEmpty() ? "failed rule: " + shown() : message.strip();
    }

    /** As Kubernetes shows it in errors about the rule itself. */
    ObjectNode toJson() {
        ObjectNode shown = Json.object();
        shown.put("Rule", rule);
        shown.put("Message", message);
        shown.put("MessageExpression", messageExpression);
        shown.put("Reason", reason.isEmpty() ? null : reason);
        shown.put("FieldPath", fieldPath);
        shown.put("OptionalOldSelf", optionalOldSelf);
        return shown;
    }
}
