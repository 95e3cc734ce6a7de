package dev.pilothouse.model.selector;

import dev.pilothouse.model.meta.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Selects objects by the values of fields: all terms must hold. Immutable.
 *
 * @param terms what must hold; empty selects everything
 */
public record FieldSelector(List<Term> terms) {

    /** Selects everything. */
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    /**
     * One condition.
     *
     * @param field path such as {@code status.phase}
     * @param value what it is compared with
     * @param negated whether it must differ
     */
    public record Term(String field, String value, boolean negated) {}

    /** Copies the list. */
    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /**
     * Reads the form of the {@code fieldSelector} query parameter: {@code a=b,c==d,e!=f} with
     * backslash escapes for comma, equals sign and backslash.
     *
     * @throws ApiException 400 when it cannot be read
     */
    public static FieldSelector parse(String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(part, text));
            }
        }
        return new FieldSelector(terms);
    }

    /**
     * Whether fields, asked for by name (null for missing, which reads as empty), meet all terms.
     */
    public boolean matches(Function<String, @Nullable String> fields) {
        for (Term term : terms) {
            String value = fields.apply(term.field());
            if ((value == null ? "" : value).equals(term.value()) == term.negated()) {
                return false;
            }
        }
        return true;
    }

    /** The value that a field must equal, or null when it is not required to equal one. */
    public @Nullable String required(String field) {
        for (Term term : terms) {
            if (term.field().equals(field) && !term.negated()) {
                return term.value();
            }
        }
        return null;
    }

    /** Whether everything is selected. */
    public boolean isEverything() {
        return terms.isEmpty();
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Term term(String part, String whole) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '!' && part.startsWith("!=", i)) {
                return new Term(part.substring(0, i), unescape(part.substring(i + 2)), true);
            } else if (c == '=') {
                int operator = part.startsWith("==", i) ? 2 : 1;
                return new Term(
                        part.substring(0, i), unescape(part.substring(i + operator)), false);
            }
        }
        throw ApiException.badRequest(
                "invalid selector: '" + whole + "'; can't understand '" + part + "'");
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0 && value.indexOf('=') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    throw ApiException.badRequest(
                            "invalid field selector: invalid escape sequence in \"" + value + "\"");
                }
                plain.append(value.charAt(i));
            } else if (c == '=') {
                throw ApiException.badRequest(
                        "invalid field selector: unescaped character in value: \"" + value + "\"");
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
