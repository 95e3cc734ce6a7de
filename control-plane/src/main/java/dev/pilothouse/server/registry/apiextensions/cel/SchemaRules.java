package dev.pilothouse.server.registry.apiextensions.cel;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks the rules of a schema when its definition is written. Source: apiextensions-apiserver's
 * pkg/apis/apiextensions/validation/validation.go.
 */
public final class SchemaRules {

    private static final Pattern LINE_BREAK = Pattern.compile("[\\n\\r]");
    private static final int MAX_MESSAGE = 2048;
    private static final List<String> REASONS =
            List.of(
                    "FieldValueDuplicate",
                    "FieldValueForbidden",
                    "FieldValueInvalid",
                    "FieldValueRequired");

    private final FieldErrors errors;

    private SchemaRules(FieldErrors errors) {
        this.errors = errors;
    }

    /**
     * Notes every rule that is badly written or does not compile.
     *
     * @param schema a schema that is structural
     */
    public static void check(ObjectCheck schema) {
        if (Schemas.hasRules(schema.node())) {
            new SchemaRules(schema.errors())
                    .level(schema.node(), schema.node(), schema.path(), true, null);
        }
    }

    /** Looks at the levels below first: an error there would only be repeated above. */
    private void level(
            ObjectNode written,
            @Nullable ObjectNode schema,
            FieldPath path,
            boolean resource,
            @Nullable FieldPath uncorrelated) {
        if (schema == null || !Schemas.hasRules(written)) {
            return;
        }
        int before = errors.size();
        ObjectNode properties = Json.objectAt(written, "properties");
        boolean atomic = Json.text(schema, "x-kubernetes-map-type").equals("atomic");
        if (properties != null) {
            for (Map.Entry<String, JsonNode> entry : properties.properties()) {
                if (entry.getValue() instanceof ObjectNode child) {
                    FieldPath name = path.child("properties").key(entry.getKey());
                    below(
                            child,
                            Schemas.property(schema, entry.getKey()),
                            name,
                            uncorrelated == null && atomic ? name : uncorrelated);
                }
            }
        }
        ObjectNode additional = Schemas.additional(written);
        if (additional != null) {
            FieldPath name = path.child("additionalProperties");
            below(
                    additional,
                    Schemas.additional(schema),
                    name,
                    uncorrelated == null && atomic ? name : uncorrelated);
        }
        ObjectNode items = Schemas.items(written);
        if (items != null) {
            boolean map = Json.text(schema, "x-kubernetes-list-type").equals("map");
            FieldPath name = path.child("items");
            below(
                    items,
                    Schemas.items(schema),
                    name,
                    uncorrelated == null && !map ? name : uncorrelated);
        }
        List<ObjectNode> allOf = Json.objects(written, "allOf");
        for (int i = 0; i < allOf.size(); i++) {
            level(allOf.get(i), schema, path.child("allOf").index(i), resource, uncorrelated);
        }
        rules(written, schema, path.child(Schemas.RULES), resource, uncorrelated, before);
    }

    private void below(
            ObjectNode written,
            @Nullable ObjectNode schema,
            FieldPath path,
            @Nullable FieldPath uncorrelated) {
        level(written, schema, path, schema != null && Schemas.isResource(schema), uncorrelated);
    }

    private void rules(
            ObjectNode written,
            ObjectNode schema,
            FieldPath path,
            boolean resource,
            @Nullable FieldPath uncorrelated,
            int before) {
        List<Rule> rules = Rule.of(written);
        for (int i = 0; i < rules.size(); i++) {
            written(rules.get(i), schema, path.index(i));
        }
        if (rules.isEmpty() || errors.size() > before) {
            return;
        }
        RuleCompiler compiler = new RuleCompiler(schema, resource);
        if (!compiler.hasType()) {
            errors.invalid(
                    path,
                    "",
                    "rule declared on schema that does not support validation rules type: '"
                            + Json.text(schema, "type")
                            + "' x-kubernetes-preserve-unknown-fields: '"
                            + Json.bool(schema, "x-kubernetes-preserve-unknown-fields")
                            + "'");
            return;
        }
        List<CompiledRule> compiled = compiler.compile(rules);
        for (int i = 0; i < compiled.size(); i++) {
            compiled(compiled.get(i), path.index(i), uncorrelated);
        }
    }

    private void compiled(CompiledRule compiled, FieldPath path, @Nullable FieldPath uncorrelated) {
        Rule rule = compiled.rule();
        if (!compiled.error().isEmpty()) {
            errors.invalid(path.child("rule"), rule.toJson(), compiled.error());
        }
        if (!compiled.messageError().isEmpty()) {
            errors.invalid(path.child("messageExpression"), rule.toJson(), compiled.messageError());
        }
        if (compiled.usesOldSelf() && uncorrelated != null) {
            errors.invalid(
                    path.child("rule"),
                    rule.rule(),
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                            + uncorrelated);
        }
        if (!compiled.usesOldSelf() && rule.optionalOldSelf() != null) {
            errors.invalid(
                    path.child("optionalOldSelf"),
                    rule.hasOptionalOldSelf(),
                    "may not be set if oldSelf is not used in rule");
        }
    }

    private void written(Rule rule, ObjectNode schema, FieldPath path) {
        String message = rule.message().strip();
        if (rule.rule().isBlank()) {
            errors.required(path.child("rule"), "rule is not specified");
        } else if (!rule.message().isEmpty() && message.isEmpty()) {
            errors.invalid(
                    path.child("message"),
                    rule.message(),
                    "message must be non-empty if specified");
        } else if (rule.message().length() > MAX_MESSAGE) {
            errors.invalid(
                    path.child("message"),
                    rule.message().substring(0, 10) + "...",
                    "message must have a maximum length of 2048 characters");
        } else if (LINE_BREAK.matcher(message).find()) {
            errors.invalid(
                    path.child("message"), rule.message(), "message must not contain line breaks");
        } else if (message.isEmpty() && LINE_BREAK.matcher(rule.rule().strip()).find()) {
            errors.required(
                    path.child("message"),
                    "message must be specified if rule contains line breaks");
        }
        if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
            errors.required(
                    path.child("messageExpression"),
                    "messageExpression must be non-empty if specified");
        }
        if (!rule.reason().isEmpty() && !REASONS.contains(rule.reason())) {
            errors.notSupported(path.child("reason"), rule.reason(), REASONS);
        }
        fieldPath(rule.fieldPath(), schema, path.child("fieldPath"));
    }

    private void fieldPath(String fieldPath, ObjectNode schema, FieldPath path) {
        if (fieldPath.isEmpty()) {
            return;
        }
        if (fieldPath.isBlank()) {
            errors.invalid(path, fieldPath, "fieldPath must be non-empty if specified");
        }
        if (LINE_BREAK.matcher(fieldPath).find()) {
            errors.invalid(path, fieldPath, "fieldPath must not contain line breaks");
        }
        String complaint = FieldPaths.complaint(fieldPath, schema);
        if (complaint != null) {
            errors.invalid(path, fieldPath, "fieldPath must be a valid path: " + complaint);
        }
    }
}
