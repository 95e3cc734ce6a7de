package dev.pilothouse.model.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The condition of a filter: a path that must exist, or two operands compared. */
final class PathCondition implements Predicate<JsonNode> {

    private static final Pattern COMPARISON =
            Pattern.compile("^(.+?)\\s*(==|!=|<=|>=|<|>)\\s*(.+)$", Pattern.DOTALL);

    /** A comparison that lacks one of its sides. */
    private static final Pattern HALF = Pattern.compile("^\\s*[=!<>]|[=!<>]\\s*$");

    private final Operand left;
    private final String operator;
    private final Operand right;

    private PathCondition(Operand left, String operator, Operand right) {
        this.left = left;
        this.operator = operator;
        this.right = right;
    }

    static Predicate<JsonNode> parse(String text) {
        Matcher comparison = COMPARISON.matcher(text.strip());
        if (!comparison.matches()) {
            if (HALF.matcher(text).find()) {
                throw new IllegalArgumentException("incomplete comparison " + text);
            }
            Operand operand = operand(text);
            return element -> !operand.values(element).isEmpty();
        }
        return new PathCondition(
                operand(comparison.group(1)), comparison.group(2), operand(comparison.group(3)));
    }

    @Override
    public boolean test(JsonNode element) {
        List<JsonNode> lefts = left.values(element);
        List<JsonNode> rights = right.values(element);
        if (lefts.isEmpty() || rights.isEmpty()) {
            return false;
        }
        return holds(lefts.getFirst(), rights.getFirst());
    }

    private boolean holds(JsonNode a, JsonNode b) {
        if (operator.equals("==")) {
            return same(a, b);
        }
        if (operator.equals("!=")) {
            return !same(a, b);
        }
        if (a.isNumber() != b.isNumber()) {
            return false;
        }
        int order =
                a.isNumber()
                        ? decimal(a).compareTo(decimal(b))
                        : a.asString("").compareTo(b.asString(""));
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? decimal(a).compareTo(decimal(b)) == 0 : a.equals(b);
    }

    private static BigDecimal decimal(JsonNode number) {
        return new BigDecimal(number.asString());
    }

    private static Operand operand(String text) {
        String operand = text.strip();
        if (operand.startsWith("@")) {
            List<PathStep> steps = new JsonPathParser(operand).parse();
            return element -> JsonPath.find(steps, element);
        }
        List<JsonNode> literal = List.of(literal(operand));
        return element -> literal;
    }

    private static JsonNode literal(String text) {
        String json =
                text.length() >= 2 && text.startsWith("'") && text.endsWith("'")
                        ? Json.string(Json.array().add(text.substring(1, text.length() - 1)))
                        : "[" + text + "]";
        try {
            return Json.parse(json).get(0);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("invalid value " + text + " in a filter", e);
        }
    }

    @FunctionalInterface
    private interface Operand {
        List<JsonNode> values(JsonNode element);
    }
}
