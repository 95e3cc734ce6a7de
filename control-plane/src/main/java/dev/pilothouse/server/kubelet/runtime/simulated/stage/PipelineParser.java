package dev.pilothouse.server.kubelet.runtime.simulated.stage;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.GoTemplate.Pipeline;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.GoTemplate.Term;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** Reads what stands between the braces of a template. Used once. */
final class PipelineParser {

    private final String text;
    private int at;

    PipelineParser(String text) {
        this.text = text;
    }

    Pipeline parse() {
        Pipeline pipeline = pipeline();
        if (at < text.length()) {
            throw new IllegalArgumentException("unexpected '" + text.charAt(at) + "'");
        }
        return pipeline;
    }

    private Pipeline pipeline() {
        List<List<Term>> commands = new ArrayList<>();
        do {
            List<Term> command = new ArrayList<>();
            for (skip(); at < text.length() && "|)".indexOf(text.charAt(at)) < 0; skip()) {
                command.add(term());
            }
            if (command.isEmpty()) {
                throw new IllegalArgumentException("a value is missing");
            }
            commands.add(command);
        } while (take('|'));
        return new Pipeline(commands);
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Term term() {
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            Pipeline nested = pipeline();
            if (!take(')')) {
                throw new IllegalArgumentException(") is missing");
            }
            return new Term.Nested(nested, path());
        }
        if (c == '"' || c == '`') {
            return string(c);
        }
        if (c == '$') {
            at++;
            String name = "$" + word();
            return new Term.Variable(name, path());
        }
        if (c == '.') {
            return new Term.Field(path());
        }
        String word = word();
        if (word.isEmpty()) {
            throw new IllegalArgumentException("unexpected '" + c + "'");
        }
        return named(word);
    }

    private static Term named(String word) {
        if (word.matches("-?\\d{1,18}")) {
            return new Term.Literal(JsonNodeFactory.instance.numberNode(Long.parseLong(word)));
        }
        if (TemplateFunctions.NAMES.contains(word) || TemplateFunctions.OF_FLEET.contains(word)) {
            return new Term.Call(word);
        }
        return switch (word) {
            case "true" -> new Term.Literal(BooleanNode.TRUE);
            case "false" -> new Term.Literal(BooleanNode.FALSE);
            case "nil" -> new Term.Literal(NullNode.instance);
            default -> throw new IllegalArgumentException("there is no function " + word);
        };
    }

    private Term string(char quote) {
        int start = at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("a text does not end");
        }
        at++;
        String literal = text.substring(start, at);
        return new Term.Literal(
                quote == '"'
                        ? Json.parse(literal)
                        : JsonNodeFactory.instance.stringNode(
                                literal.substring(1, literal.length() - 1)));
    }

    private List<String> path() {
        List<String> path = new ArrayList<>();
        while (take('.')) {
            String name = word();
            if (!name.isEmpty()) {
                path.add(name);
            }
        }
        return path;
    }

    private String word() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at))
                        || "_-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }
}
