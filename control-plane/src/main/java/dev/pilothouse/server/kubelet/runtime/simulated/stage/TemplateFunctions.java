package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions that every template has. Source: Go's text/template/funcs.go, and kwok's. */
final class TemplateFunctions {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** By name; those of the fleet come on top. */
    static final Set<String> NAMES =
            Set.of(
                    "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index", "print",
                    "printf", "Quote", "YAML", "dict", "default", "add");

    /** Those that the fleet gives to all templates. */
    static final Set<String> OF_FLEET =
            Set.of(
                    "Now",
                    "StartTime",
                    "NodeIP",
                    "NodeIPWith",
                    "NodeName",
                    "PodIP",
                    "PodIPWith",
                    "Version");

    private TemplateFunctions() {}

    static JsonNode call(String name, List<JsonNode> arguments) {
        return switch (name) {
            case "and" -> firstThat(arguments, false);
            case "or" -> firstThat(arguments, true);
            case "not" -> BooleanNode.valueOf(!truth(argument(name, arguments, 0)));
            case "eq" -> BooleanNode.valueOf(isAny(name, arguments));
            case "ne" -> BooleanNode.valueOf(!isAny(name, arguments));
            case "lt" -> BooleanNode.valueOf(compare(name, arguments) < 0);
            case "le" -> BooleanNode.valueOf(compare(name, arguments) <= 0);
            case "gt" -> BooleanNode.valueOf(compare(name, arguments) > 0);
            case "ge" -> BooleanNode.valueOf(compare(name, arguments) >= 0);
            case "add" -> add(arguments);
            case "len" -> NODES.numberNode(length(argument(name, arguments, 0)));
            case "index" -> index(arguments);
            case "print" -> NODES.stringNode(print(arguments));
            case "printf" -> NODES.stringNode(printf(arguments));
            case "Quote" -> NODES.stringNode(quote(argument(name, arguments, 0)));
            case "YAML" -> yaml(arguments);
            case "dict" -> dict(arguments);
            case "default" ->
                    truth(argument(name, arguments, 1)) ? arguments.get(1) : arguments.get(0);
            default -> throw new IllegalArgumentException("there is no function " + name);
        };
    }

    /** What Go takes for true: neither empty nor zero. */
    static boolean truth(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.asDouble() != 0;
        }
        return value.isString() ? !value.stringValue().isEmpty() : !value.isEmpty();
    }

    static String text(JsonNode value) {
        return value.isString()
                ? value.stringValue()
                : value.isNull() ? "<no value>" : Json.string(value);
    }

    private static JsonNode argument(String name, List<JsonNode> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(name + " needs more arguments");
        }
        return arguments.get(index);
    }

    private static JsonNode firstThat(List<JsonNode> arguments, boolean wanted) {
        for (JsonNode argument : arguments) {
            if (truth(argument) == wanted) {
                return argument;
            }
        }
        return arguments.isEmpty() ? NullNode.instance : arguments.getLast();
    }

    private static boolean isAny(String name, List<JsonNode> arguments) {
        JsonNode first = argument(name, arguments, 0);
        argument(name, arguments, 1);
        return arguments.stream().skip(1).anyMatch(other -> same(first, other));
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? a.asDouble() == b.asDouble() : a.equals(b);
    }

    private static int compare(String name, List<JsonNode> arguments) {
        JsonNode a = argument(name, arguments, 0);
        JsonNode b = argument(name, arguments, 1);
        return a.isNumber() && b.isNumber()
                ? Double.compare(a.asDouble(), b.asDouble())
                : text(a).compareTo(text(b));
    }

    private static JsonNode add(List<JsonNode> arguments) {
        return NODES.numberNode(arguments.stream().mapToLong(value -> value.asLong(0)).sum());
    }

    private static int length(JsonNode value) {
        return value.isString() ? value.stringValue().length() : value.size();
    }

    private static JsonNode index(List<JsonNode> arguments) {
        JsonNode value = argument("index", arguments, 0);
        for (JsonNode key : arguments.subList(1, arguments.size())) {
            JsonNode next = key.isNumber() ? value.get(key.asInt()) : value.get(text(key));
            value = next == null ? NullNode.instance : next;
        }
        return value;
    }

    private static String print(List<JsonNode> arguments) {
        StringBuilder text = new StringBuilder();
        arguments.forEach(argument -> text.append(text(argument)));
        return text.toString();
    }

    /** With {@code %s}, {@code %v}, {@code %d} and {@code %q}. */
    private static String printf(List<JsonNode> arguments) {
        String format = text(argument("printf", arguments, 0));
        StringBuilder text = new StringBuilder();
        int next = 1;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char verb = format.charAt(++i);
            switch (verb) {
                case '%' -> text.append('%');
                case 's', 'v', 'd' -> text.append(text(argument("printf", arguments, next++)));
                case 'q' -> text.append(quote(argument("printf", arguments, next++)));
                default -> throw new IllegalArgumentException("printf does not know %" + verb);
            }
        }
        return text.toString();
    }

    /** As a JSON text, which YAML takes too. */
    private static String quote(JsonNode value) {
        return Json.string(NODES.stringNode(value.isNull() ? "" : text(value)));
    }

    /** As YAML, indented by so many double spaces. */
    private static JsonNode yaml(List<JsonNode> arguments) {
        JsonNode value = argument("YAML", arguments, 0);
        int indent = arguments.size() > 1 ? arguments.get(1).asInt(0) : 0;
        String plain =
                value instanceof ObjectNode object
                        ? new String(YamlWriter.write(object), StandardCharsets.UTF_8)
                        : Json.string(value);
        return NODES.stringNode(plain.strip().indent(indent * 2).stripTrailing());
    }

    private static JsonNode dict(List<JsonNode> arguments) {
        ObjectNode dict = Json.object();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            dict.set(text(arguments.get(i)), arguments.get(i + 1));
        }
        return dict;
    }
}
