package dev.pilothouse.server.registry.apiextensions.cel;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.apiextensions.cel.Evaluation.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of a schema, level by level. Immutable and thread-safe. Source:
 * apiextensions-apiserver's pkg/apiserver/schema/cel/validation.go.
 */
final class RuleTree {

    private static final String WHOLE = "<nil>";

    private final ObjectNode schema;
    private final boolean resource;
    private final List<CompiledRule> rules;
    private final Map<String, RuleTree> properties;
    private final @Nullable RuleTree additional;
    private final @Nullable RuleTree items;
    private final List<RuleTree> allOf;

    private RuleTree(
            ObjectNode schema,
            boolean resource,
            List<CompiledRule> rules,
            Map<String, RuleTree> properties,
            @Nullable RuleTree additional,
            @Nullable RuleTree items,
            List<RuleTree> allOf) {
        this.schema = schema;
        this.resource = resource;
        this.rules = rules;
        this.properties = properties;
        this.additional = additional;
        this.items = items;
        this.allOf = allOf;
    }

    /** The rules of a whole resource, or null when there are none. */
    static @Nullable RuleTree of(ObjectNode root) {
        return Schemas.hasRules(root) ? of(root, root, true) : null;
    }

    /** Rules that are written in one schema about values whose structure another one gives. */
    private static RuleTree of(ObjectNode written, ObjectNode schema, boolean resource) {
        List<Rule> rules = Rule.of(written);
        RuleCompiler compiler = rules.isEmpty() ? null : new RuleCompiler(schema, resource);
        Map<String, RuleTree> properties = new LinkedHashMap<>();
        ObjectNode declared = Json.objectAt(written, "properties");
        if (declared != null) {
            for (Map.Entry<String, JsonNode> entry : declared.properties()) {
                ObjectNode own = Schemas.property(schema, entry.getKey());
                RuleTree child = below(entry.getValue(), own);
                if (child != null) {
                    properties.put(entry.getKey(), child);
                }
            }
        }
        List<RuleTree> allOf = new ArrayList<>();
        for (ObjectNode part : Json.objects(written, "allOf")) {
            if (Schemas.hasRules(part)) {
                allOf.add(of(part, schema, resource));
            }
        }
        return new RuleTree(
                schema,
                resource,
                compiler == null || !compiler.hasType() ? List.of() : compiler.compile(rules),
                Map.copyOf(properties),
                below(Schemas.additional(written), Schemas.additional(schema)),
                below(Schemas.items(written), Schemas.items(schema)),
                List.copyOf(allOf));
    }

    private static @Nullable RuleTree below(
            @Nullable JsonNode written, @Nullable ObjectNode schema) {
        return written instanceof ObjectNode object && schema != null && Schemas.hasRules(object)
                ? of(object, schema, Schemas.isResource(schema))
                : null;
    }

    void check(
            String path,
            JsonNode value,
            @Nullable JsonNode old,
            Correlation correlation,
            Evaluation evaluation) {
        if (value.isNull() || evaluation.isOver()) {
            return;
        }
        rules(path, value, old == null || old.isNull() ? null : old, correlation, evaluation);
        Correlation uncorrelated = new Correlation(null, null, correlation.parentUnchanged());
        for (RuleTree part : allOf) {
            part.check(path, value, old, uncorrelated, evaluation);
        }
        switch (value) {
            case ObjectNode object -> fields(path, object, old, correlation, evaluation);
            case ArrayNode array when items != null ->
                    elements(items, path, array, old, correlation, evaluation);
            default -> {}
        }
    }

    private void fields(
            String path,
            ObjectNode object,
            @Nullable JsonNode old,
            Correlation correlation,
            Evaluation evaluation) {
        boolean atomic = Json.text(schema, "x-kubernetes-map-type").equals("atomic");
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey();
            RuleTree declared = properties.get(name);
            RuleTree child = declared == null ? additional : declared;
            if (child == null || evaluation.isOver()) {
                continue;
            }
            JsonNode before = old instanceof ObjectNode map ? map.get(name) : null;
            child.check(
                    declared == null ? path + "[" + name + "]" : child(path, name),
                    entry.getValue(),
                    atomic ? null : before,
                    correlation.child(entry.getValue(), before),
                    evaluation);
        }
    }

    private void elements(
            RuleTree each,
            String path,
            ArrayNode array,
            @Nullable JsonNode old,
            Correlation correlation,
            Evaluation evaluation) {
        Map<List<JsonNode>, JsonNode> before = new HashMap<>();
        if (old instanceof ArrayNode list
                && Json.text(schema, "x-kubernetes-list-type").equals("map")) {
            list.forEach(element -> before.put(ListView.keyOf(element, schema), element));
        }
        for (int i = 0; i < array.size() && !evaluation.isOver(); i++) {
            JsonNode element = array.get(i);
            JsonNode counterpart =
                    before.isEmpty() ? null : before.get(ListView.keyOf(element, schema));
            each.check(
                    path + "[" + i + "]",
                    element,
                    counterpart,
                    correlation.child(element, counterpart),
                    evaluation);
        }
    }

    private void rules(
            String path,
            JsonNode value,
            @Nullable JsonNode old,
            Correlation correlation,
            Evaluation evaluation) {
        if (rules.isEmpty()) {
            return;
        }
        if (evaluation.isSpent()) {
            outOfBudget(path, evaluation);
            return;
        }
        Map<String, Object> variables = new HashMap<>();
        variables.put("self", convert(value));
        for (CompiledRule rule : rules) {
            if (rule.program() == null && rule.error().isEmpty()) {
                continue;
            }
            boolean optional = rule.rule().hasOptionalOldSelf();
            if (rule.usesOldSelf() && old == null && !optional) {
                continue;
            }
            if (optional) {
                variables.put("oldSelf", Optional.ofNullable(old).map(this::convert));
            } else if (old != null) {
                variables.put("oldSelf", convert(old));
            }
            rule(rule, path, variables, correlation, evaluation);
            if (evaluation.isOver()) {
                return;
            }
        }
    }

    private Object convert(JsonNode value) {
        return resource && value instanceof ObjectNode object
                ? SchemaValues.resource(object, schema)
                : SchemaValues.of(value, schema);
    }

    private void outOfBudget(String path, Evaluation evaluation) {
        evaluation.add(
                invalid(
                        path,
                        "validation failed due to running out of cost budget, no further validation"
                                + " rules will be run"));
        evaluation.end();
    }

    private void rule(
            CompiledRule compiled,
            String path,
            Map<String, Object> variables,
            Correlation correlation,
            Evaluation evaluation) {
        if (compiled.program() == null) {
            evaluation.add(invalid(path, "rule compile error: " + compiled.error()));
            return;
        }
        Rule rule = compiled.rule();
        Answer answer = evaluation.evaluate(compiled.program(), variables);
        if (answer.tooExpensive()) {
            evaluation.add(
                    invalid(
                            path,
                            "'"
                                    + answer.error()
                                    + "': no further validation rules will be run due to call cost exceeds limit"
                                    + " for rule: "
                                    + rule.shown()));
            evaluation.end();
        } else if (evaluation.isOver()) {
            outOfBudget(path, evaluation);
        } else if (answer.error().startsWith("no such overload")) {
            evaluation.add(
                    invalid(
                            path,
                            "'"
                                    + answer.error()
                                    + "': call arguments did not match a supported operator, function or macro"
                                    + " signature for rule: "
                                    + rule.shown()));
        } else if (!answer.error().isEmpty()) {
            evaluation.add(invalid(path, answer.error() + " evaluating rule: " + rule.shown()));
        } else if (!Boolean.TRUE.equals(answer.value())) {
            failed(compiled, path, variables, correlation, evaluation);
        }
    }

    private void failed(
            CompiledRule compiled,
            String path,
            Map<String, Object> variables,
            Correlation correlation,
            Evaluation evaluation) {
        if (!compiled.usesOldSelf() && correlation.isUnchanged()) {
            return;
        }
        Rule rule = compiled.rule();
        String said =
                compiled.message() == null ? "" : evaluation.message(compiled.message(), variables);
        String field = FieldPaths.normalized(rule.fieldPath(), schema);
        evaluation.add(
                new Finding(
                        field.isEmpty() ? path : child(path, field),
                        rule.reason(),
                        Json.text(schema, "type"),
                        said.isEmpty() ? rule.failure() : said));
    }

    private Finding invalid(String path, String detail) {
        return new Finding(path, "", Json.text(schema, "type"), detail);
    }

    private static String child(String path, String name) {
        return path.equals(WHOLE) ? name : path + "." + name;
    }
}
