package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/**
 * A template in the part of Go's template language that stages use: fields, variables, {@code if},
 * {@code range}, {@code with}, {@code else}, pipelines, and functions. Immutable. Source: Go's
 * text/template.
 */
public final class GoTemplate {

    private final List<Item> items;

    GoTemplate(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it cannot be read; the message says why and in which
     *     line of the template
     */
    static GoTemplate parse(String text) {
        return new GoTemplate(new TemplateParser(text).parse());
    }

    /** A function of templates. */
    @FunctionalInterface
    public interface Function {

        /** Its value; the arguments are never Java's null. */
        JsonNode apply(List<JsonNode> arguments);
    }

    /** What a template is made of. */
    sealed interface Item {
        record Text(String text) implements Item {}

        record Output(Pipeline pipeline) implements Item {}

        record If(Pipeline condition, List<Item> then, List<Item> otherwise) implements Item {}

        record With(Pipeline value, List<Item> then, List<Item> otherwise) implements Item {}

        record Range(
                String index, String item, Pipeline values, List<Item> body, List<Item> otherwise)
                implements Item {}

        record Assign(String variable, Pipeline value) implements Item {}
    }

    /** Commands of which each is the last argument of the next. */
    record Pipeline(List<List<Term>> commands) {}

    /** A value in a command. */
    sealed interface Term {
        record Literal(JsonNode value) implements Term {}

        record Field(List<String> path) implements Term {}

        record Variable(String name, List<String> path) implements Term {}

        record Call(String function) implements Term {}

        record Nested(Pipeline pipeline, List<String> path) implements Term {}
    }

    /**
     * Fills the template.
     *
     * @param root the object that {@code .} and {@code $} stand for
     * @param functions further functions by name
     * @throws IllegalArgumentException when it cannot be filled; the message says why
     */
    public String fill(JsonNode root, Map<String, Function> functions) {
        StringBuilder out = new StringBuilder();
        Map<String, JsonNode> variables = new HashMap<>();
        variables.put("$", root);
        new Filling(functions, out).all(items, root, variables);
        return out.toString();
    }

    private record Filling(Map<String, Function> functions, StringBuilder out) {

        void all(List<Item> items, JsonNode dot, Map<String, JsonNode> outer) {
            Map<String, JsonNode> variables = new HashMap<>(outer);
            for (Item item : items) {
                one(item, dot, variables);
            }
            // An assignment to a variable from outside lasts.
            outer.replaceAll((name, value) -> variables.getOrDefault(name, value));
        }

        private void one(Item item, JsonNode dot, Map<String, JsonNode> variables) {
            switch (item) {
                case Item.Text(String text) -> out.append(text);
                case Item.Output(Pipeline pipeline) ->
                        out.append(text(value(pipeline, dot, variables)));
                case Item.Assign(String name, Pipeline pipeline) ->
                        variables.put(name, value(pipeline, dot, variables));
                case Item.If(Pipeline condition, List<Item> then, List<Item> otherwise) -> {
                    boolean holds = TemplateFunctions.truth(value(condition, dot, variables));
                    all(holds ? then : otherwise, dot, variables);
                }
                case Item.With(Pipeline pipeline, List<Item> then, List<Item> otherwise) -> {
                    JsonNode value = value(pipeline, dot, variables);
                    boolean holds = TemplateFunctions.truth(value);
                    all(holds ? then : otherwise, holds ? value : dot, variables);
                }
                case Item.Range range -> range(range, dot, variables);
            }
        }

        private void range(Item.Range range, JsonNode dot, Map<String, JsonNode> variables) {
            JsonNode values = value(range.values(), dot, variables);
            if (values.isEmpty()) {
                all(range.otherwise(), dot, variables);
                return;
            }
            if (values.isObject()) {
                values.properties()
                        .forEach(entry ->
                                pass(range, text(entry.getKey()), entry.getValue(), variables));
                return;
            }
            int index = 0;
            for (JsonNode value : values) {
                pass(range, JsonNodeFactory.instance.numberNode(index++), value, variables);
            }
        }

        private void pass(
                Item.Range range, JsonNode index, JsonNode value, Map<String, JsonNode> variables) {
            if (!range.index().isEmpty()) {
                variables.put(range.index(), index);
            }
            if (!range.item().isEmpty()) {
                variables.put(range.item(), value);
            }
            all(range.body(), value, variables);
        }

        private JsonNode value(Pipeline pipeline, JsonNode dot, Map<String, JsonNode> variables) {
            JsonNode last = null;
            for (List<Term> command : pipeline.commands()) {
                last = command(command, last, dot, variables);
            }
            return last == null ? NullNode.instance : last;
        }

        private JsonNode command(
                List<Term> command,
                @Nullable JsonNode piped,
                JsonNode dot,
                Map<String, JsonNode> variables) {
            List<JsonNode> arguments = new ArrayList<>();
            for (Term term : command.subList(1, command.size())) {
                arguments.add(term(term, dot, variables));
            }
            if (piped != null) {
                arguments.add(piped);
            }
            if (command.getFirst() instanceof Term.Call(String name)) {
                return call(name, arguments);
            }
            if (!arguments.isEmpty()) {
                throw new IllegalArgumentException("a value that is no function has arguments");
            }
            return term(command.getFirst(), dot, variables);
        }

        private JsonNode call(String name, List<JsonNode> arguments) {
            Function function = functions.get(name);
            return function == null
                    ? TemplateFunctions.call(name, arguments)
                    : function.apply(arguments);
        }

        private JsonNode term(Term term, JsonNode dot, Map<String, JsonNode> variables) {
            return switch (term) {
                case Term.Literal(JsonNode value) -> value;
                case Term.Field(List<String> path) -> at(dot, path);
                case Term.Variable(String name, List<String> path) -> {
                    JsonNode value = variables.get(name);
                    if (value == null) {
                        throw new IllegalArgumentException("undefined variable " + name);
                    }
                    yield at(value, path);
                }
                case Term.Call(String name) -> call(name, List.of());
                case Term.Nested(Pipeline pipeline, List<String> path) ->
                        at(value(pipeline, dot, variables), path);
            };
        }

        private static JsonNode at(JsonNode from, List<String> path) {
            JsonNode node = Json.at(from, path.toArray(String[]::new));
            return node == null ? NullNode.instance : node;
        }

        private static JsonNode text(String text) {
            return JsonNodeFactory.instance.stringNode(text);
        }

        private static String text(JsonNode value) {
            return TemplateFunctions.text(value);
        }
    }
}
