package dev.pilothouse.ui.yaml;

import dev.pilothouse.ui.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What could be typed next, as the schema of the kind has it. */
public final class Completion {

    private Completion() {}

    /**
     * A proposal.
     *
     * @param label what is shown
     * @param type the form of its value, empty for values
     * @param required whether the server wants the field
     * @param documentation what the server says about it
     * @param insert what takes the place of what has been typed
     */
    public record Proposal(
            String label, String type, boolean required, String documentation, String insert) {}

    /**
     * The proposals at a caret, those that begin with what has been typed first.
     *
     * @param root the schema of the kind; null when it is unknown
     */
    public static List<Proposal> at(Caret caret, @Nullable FieldSchema root) {
        if (root == null) {
            return List.of();
        }
        FieldSchema schema = root.at(caret.fullPath());
        if (schema == null) {
            return List.of();
        }
        List<Proposal> all = caret.inValue() ? values(schema) : fields(caret, schema);
        return matching(all, caret.typed());
    }

    /** Values of a list that is not the schema's, such as the kinds of a cluster. */
    public static List<Proposal> of(List<String> values, String typed) {
        return matching(
                values.stream().map(value -> new Proposal(value, "", false, "", value)).toList(),
                typed);
    }

    private static List<Proposal> matching(List<Proposal> all, String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(each -> each.label().toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(
                        Comparator.comparing((Proposal each) ->
                                        !each.label().toLowerCase(Locale.ROOT).startsWith(wanted))
                                .thenComparing(each -> !each.required())
                                .thenComparing(Proposal::label))
                .toList();
    }

    private static List<Proposal> fields(Caret caret, FieldSchema above) {
        FieldSchema schema = above;
        String dash = "";
        // Directly below the key of a list: its next element.
        FieldSchema items = schema.items();
        if (schema.type() == FieldSchema.Type.ARRAY && items != null) {
            dash = "- ";
            schema = items;
            if (schema.type() != FieldSchema.Type.OBJECT) {
                return values(schema);
            }
        }
        List<Proposal> fields = new ArrayList<>();
        if (schema.type() != FieldSchema.Type.OBJECT) {
            return values(schema);
        }
        for (String name : schema.names()) {
            FieldSchema field = schema.field(name);
            if (field != null && (!dash.isEmpty() || !caret.siblings().contains(name))) {
                int column = caret.column() + dash.length();
                fields.add(
                        new Proposal(
                                name,
                                Validator.typeName(field),
                                schema.required().contains(name),
                                field.description(),
                                dash + name + behind(field, column)));
            }
        }
        return fields;
    }

    private static String behind(FieldSchema field, int column) {
        return switch (field.type()) {
            case OBJECT, MAP -> ":\n" + " ".repeat(column + 2);
            case ARRAY -> ":\n" + " ".repeat(column) + "- ";
            default -> ": ";
        };
    }

    private static List<Proposal> values(FieldSchema schema) {
        List<String> values = new ArrayList<>(schema.choices());
        if (schema.type() == FieldSchema.Type.BOOLEAN) {
            values.add("true");
            values.add("false");
        }
        JsonNode usual = schema.defaultValue();
        if (usual != null && usual.isValueNode() && !values.contains(usual.asString(""))) {
            values.add(usual.asString(""));
        }
        return values.stream()
                .map(value -> new Proposal(value, "", false, schema.description(), value))
                .toList();
    }

    /** What the schema says about the field at a caret; empty for nothing. */
    public static String documentation(Caret caret, FieldSchema root) {
        List<String> path = new ArrayList<>(caret.path());
        path.add(caret.inValue() ? caret.key() : caret.typed().replaceAll(":.*", "").strip());
        FieldSchema field = root.at(path);
        if (field == null) {
            return "";
        }
        FieldSchema above = root.at(caret.path());
        boolean required = above != null && above.required().contains(path.getLast());
        StringBuilder text = new StringBuilder(path.getLast());
        text.append("  ").append(Validator.typeName(field));
        if (!field.format().isEmpty()) {
            text.append(" (").append(field.format()).append(')');
        }
        if (required) {
            text.append(" *");
        }
        if (!field.description().isEmpty()) {
            text.append('\n').append(field.description());
        }
        if (!field.choices().isEmpty()) {
            text.append('\n').append(String.join(" | ", field.choices()));
        }
        JsonNode usual = field.defaultValue();
        if (usual != null) {
            text.append("\n= ").append(usual);
        }
        return text.toString();
    }
}
