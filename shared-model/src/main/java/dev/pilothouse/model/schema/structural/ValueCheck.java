package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.structural.SchemaError.Reason;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The checks of one value against one level of a schema. */
record ValueCheck(ValueChecks checks, String path, List<SchemaError> errors) {

    void check(JsonNode value) {
        enumeration(value);
        switch (value.getNodeType()) {
            case STRING -> text(value);
            case NUMBER -> number(value);
            case ARRAY -> list((ArrayNode) value);
            case OBJECT -> object((ObjectNode) value);
            default -> {}
        }
    }

    private void enumeration(JsonNode value) {
        if (checks.enumValues().isEmpty()
                || checks.enumValues().stream().anyMatch(allowed -> same(allowed, value))) {
            return;
        }
        List<String> supported =
                checks.enumValues().stream()
                        .map(allowed ->
                                allowed.isString() ? allowed.stringValue() : Json.string(allowed))
                        .toList();
        errors.add(SchemaError.unsupported(path, value, supported));
    }

    private void text(JsonNode value) {
        String text = value.stringValue();
        // Most texts are short in any unit; code points are counted only when it matters.
        int length = text.codePointCount(0, text.length());
        if (checks.maxLength() >= 0 && length > checks.maxLength()) {
            errors.add(SchemaError.tooLong(path, value, checks.maxLength()));
        }
        if (length < checks.minLength()) {
            invalid(value, "should be at least " + checks.minLength() + " chars long");
        }
        GoPattern pattern = checks.pattern();
        if (pattern != null && !pattern.occursIn(text)) {
            invalid(value, "should match '" + pattern + "'");
        }
        if (!TextFormats.isValid(checks.format(), text)) {
            JsonTypes.wrongType(path, checks.format(), text, errors);
        }
    }

    private void number(JsonNode value) {
        BigDecimal number = value.decimalValue();
        BigDecimal maximum = checks.maximum();
        if (maximum != null) {
            int order = number.compareTo(maximum);
            if (checks.exclusiveMaximum() ? order >= 0 : order > 0) {
                invalid(value, should("less", checks.exclusiveMaximum(), maximum));
            }
        }
        BigDecimal minimum = checks.minimum();
        if (minimum != null) {
            int order = number.compareTo(minimum);
            if (checks.exclusiveMinimum() ? order <= 0 : order < 0) {
                invalid(value, should("greater", checks.exclusiveMinimum(), minimum));
            }
        }
        BigDecimal factor = checks.multipleOf();
        if (factor != null && factor.signum() != 0 && number.remainder(factor).signum() != 0) {
            invalid(value, "should be a multiple of " + plain(factor));
        }
        range(value);
    }

    private static String should(String than, boolean exclusive, BigDecimal bound) {
        return "should be " + than + " than " + (exclusive ? "" : "or equal to ") + plain(bound);
    }

    /** Formats of numbers bound them. */
    private void range(JsonNode value) {
        boolean fits =
                switch (checks.format()) {
                    case "int32" -> !value.isIntegralNumber() || value.canConvertToInt();
                    case "int64" -> !value.isIntegralNumber() || value.canConvertToLong();
                    case "float" -> Float.isFinite(value.floatValue());
                    case "double" -> Double.isFinite(value.doubleValue());
                    default -> true;
                };
        if (!fits) {
            invalid(value, "must be of type " + checks.format());
        }
    }

    private void list(ArrayNode array) {
        if (checks.maxItems() >= 0 && array.size() > checks.maxItems()) {
            errors.add(SchemaError.tooMany(path, array.size(), checks.maxItems()));
        }
        if (array.size() < checks.minItems()) {
            invalid(array, "should have at least " + checks.minItems() + " items");
        }
        if (checks.uniqueItems()) {
            Set<JsonNode> seen = new HashSet<>();
            if (!array.valueStream().allMatch(seen::add)) {
                invalid(array, "shouldn't contain duplicates");
            }
        }
    }

    private void object(ObjectNode object) {
        for (String name : checks.required()) {
            if (!object.has(name)) {
                errors.add(SchemaError.required(SchemaValidation.child(path, name), ""));
            }
        }
        if (checks.maxProperties() >= 0 && object.size() > checks.maxProperties()) {
            errors.add(SchemaError.tooMany(path, object.size(), checks.maxProperties()));
        }
        if (object.size() < checks.minProperties()) {
            invalid(object, "should have at least " + checks.minProperties() + " properties");
        }
    }

    private void invalid(JsonNode value, String message) {
        errors.add(SchemaError.of(Reason.INVALID, path, value, path + " in body " + message));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue()) == 0
                : a.equals(b);
    }
}
