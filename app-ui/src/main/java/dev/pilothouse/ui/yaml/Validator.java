package dev.pilothouse.ui.yaml;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares a document with the schema of its kind. */
public final class Validator {

    private static final int NEAR = 2;

    private final String text;
    private final List<Problem> problems = new ArrayList<>();

    private Validator(String text) {
        this.text = text;
    }

    /** What in a document does not fit the schema of its kind. */
    public static List<Problem> check(String text, YamlDocument document, FieldSchema schema) {
        var validator = new Validator(text);
        if (document.root() != null) {
            validator.value(document.root(), schema, null);
        }
        return validator.problems;
    }

    private void value(YamlNode node, FieldSchema schema, YamlNode.@Nullable Entry entry) {
        switch (node) {
            case YamlNode.Mapping mapping -> mapping(mapping, schema, entry);
            case YamlNode.Sequence sequence -> sequence(sequence, schema, entry);
            case YamlNode.Scalar scalar -> scalar(scalar, schema, entry);
        }
    }

    private void mapping(
            YamlNode.Mapping mapping, FieldSchema schema, YamlNode.@Nullable Entry entry) {
        if (!schema.isObject() && schema.type() != FieldSchema.Type.ANY) {
            wrongType(mapping, schema, entry);
            return;
        }
        for (YamlNode.Entry field : mapping.entries()) {
            FieldSchema known = schema.field(field.key());
            if (known != null) {
                value(field.value(), known, field);
            } else if (!schema.isOpen() && !field.key().equals("<<")) {
                unknown(field, schema.names());
            }
        }
        for (String name : schema.required()) {
            if (mapping.entry(name) == null && mapping.entry("<<") == null) {
                Span place = entry == null ? firstLine(mapping) : entry.keySpan();
                error(place, Texts.text("yaml.required", name));
            }
        }
    }

    private void unknown(YamlNode.Entry field, Collection<String> names) {
        String near = nearest(field.key(), names);
        error(
                field.keySpan(),
                near.isEmpty()
                        ? Texts.text("yaml.unknown", field.key())
                        : Texts.text("yaml.unknownNear", field.key(), near));
    }

    private void sequence(
            YamlNode.Sequence sequence, FieldSchema schema, YamlNode.@Nullable Entry entry) {
        if (schema.type() == FieldSchema.Type.ANY) {
            return;
        }
        FieldSchema items = schema.items();
        if (schema.type() != FieldSchema.Type.ARRAY) {
            wrongType(sequence, schema, entry);
        } else if (items != null) {
            sequence.items().forEach(item -> value(item, items, null));
        }
    }

    private void scalar(
            YamlNode.Scalar scalar, FieldSchema schema, YamlNode.@Nullable Entry entry) {
        JsonNode value = scalar.json();
        // Kubernetes takes null for "not set" nearly everywhere.
        if (value.isNull()) {
            return;
        }
        boolean fits =
                switch (schema.type()) {
                    case ANY -> !schema.isObject();
                    case OBJECT, MAP, ARRAY -> false;
                    case STRING -> value.isString();
                    case INTEGER -> value.isIntegralNumber();
                    case NUMBER -> value.isNumber();
                    case BOOLEAN -> value.isBoolean();
                    case INT_OR_STRING -> value.isIntegralNumber() || value.isString();
                    case QUANTITY -> value.isNumber() || value.isString();
                };
        if (!fits) {
            wrongType(scalar, schema, entry);
            return;
        }
        String said = value.asString("");
        List<String> choices = schema.choices();
        if (!choices.isEmpty() && !choices.contains(said)) {
            error(scalar.span(), Texts.text("yaml.choice", said, String.join(", ", choices)));
        } else if (schema.type() == FieldSchema.Type.QUANTITY && !Quantity.isValid(said)) {
            error(scalar.span(), Texts.text("yaml.quantity", said));
        } else if (value.isNumber()) {
            range(scalar, value.asDouble(), schema);
        }
    }

    private void range(YamlNode.Scalar scalar, double value, FieldSchema schema) {
        Double minimum = schema.minimum();
        Double maximum = schema.maximum();
        if (minimum != null && value < minimum) {
            error(scalar.span(), Texts.text("yaml.minimum", minimum));
        } else if (maximum != null && value > maximum) {
            error(scalar.span(), Texts.text("yaml.maximum", maximum));
        }
    }

    private void wrongType(YamlNode node, FieldSchema schema, YamlNode.@Nullable Entry entry) {
        Span span =
                node instanceof YamlNode.Scalar && node.span().end() > node.span().start()
                        ? node.span()
                        : entry == null ? firstLine(node) : entry.keySpan();
        String wanted = typeName(schema);
        error(
                span,
                entry == null
                        ? Texts.text("yaml.typeItem", wanted)
                        : Texts.text("yaml.type", entry.key(), wanted));
    }

    /** The form of values in words. */
    public static String typeName(FieldSchema schema) {
        return Texts.text("yaml.type." + schema.type().name().toLowerCase(Locale.ROOT));
    }

    private Span firstLine(YamlNode node) {
        int start = node.span().start();
        return new Span(start, Math.max(start, Math.min(Lines.end(text, start), text.length())));
    }

    private void error(Span span, String message) {
        problems.add(Problem.error(text, span, message));
    }

    /** The name that was probably meant; empty when none is near. */
    static String nearest(String said, Collection<String> names) {
        String best = "";
        int least = NEAR + 1;
        for (String name : names) {
            int distance =
                    name.equalsIgnoreCase(said)
                            ? 0
                            : Math.abs(name.length() - said.length()) > NEAR
                                    ? NEAR + 1
                                    : distance(said, name);
            if (distance < least && distance < name.length()) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Letters to change, add or take away. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
