package dev.pilothouse.model.selector;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.selector.LabelSelector.Operator;
import dev.pilothouse.model.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code a=b,c!=d,e in (x,y),f notin (z),g,!h,i>1}. Source: apimachinery pkg/labels. Not
 * reusable.
 */
final class LabelSelectorParser {

    private static final Pattern NAME =
            Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final String text;
    private int position;

    LabelSelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> parse() {
        List<Requirement> requirements = new ArrayList<>();
        while (true) {
            requirements.add(requirement());
            skipSpace();
            if (position == text.length()) {
                return requirements;
            }
            expect(',');
            skipSpace();
            if (position == text.length()) {
                throw fail("found '', expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        skipSpace();
        if (take('!')) {
            skipSpace();
            return new Requirement(key(), Operator.DOES_NOT_EXIST, Set.of());
        }
        String key = key();
        skipSpace();
        if (position == text.length() || peek() == ',') {
            return new Requirement(key, Operator.EXISTS, Set.of());
        }
        if (take('=')) {
            take('=');
            return new Requirement(key, Operator.IN, Set.of(value()));
        }
        if (take('!')) {
            expect('=');
            return new Requirement(key, Operator.NOT_IN, Set.of(value()));
        }
        if (take('>')) {
            return new Requirement(key, Operator.GREATER_THAN, Set.of(number(key)));
        }
        if (take('<')) {
            return new Requirement(key, Operator.LESS_THAN, Set.of(number(key)));
        }
        String word = word();
        return switch (word) {
            case "in" -> new Requirement(key, Operator.IN, values());
            case "notin" -> new Requirement(key, Operator.NOT_IN, values());
            default ->
                    throw fail(
                            "found '"
                                    + (word.isEmpty() ? peek() : word)
                                    + "', expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private String key() {
        String key = word();
        if (key.isEmpty()) {
            throw fail(
                    "found '"
                            + (position < text.length() ? peek() : "")
                            + "', expected: !, identifier, or 'end of string'");
        }
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        if (!NAME.matcher(name).matches() || (slash >= 0 && !PREFIX.matcher(prefix).matches())) {
            throw fail(
                    "key: Invalid value: \""
                            + key
                            + "\": name part must consist of alphanumeric characters, '-',"
                            + " '_' or '.', and must start and end with an alphanumeric character");
        }
        return key;
    }

    private Set<String> values() {
        skipSpace();
        expect('(');
        Set<String> values = new HashSet<>();
        do {
            values.add(value());
            skipSpace();
        } while (take(','));
        expect(')');
        return values;
    }

    private String value() {
        skipSpace();
        String value = word();
        if (!value.isEmpty() && !NAME.matcher(value).matches()) {
            throw fail(
                    "values[0]: Invalid value: \""
                            + value
                            + "\": a valid label must be an empty string or consist"
                            + " of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                            + " character");
        }
        return value;
    }

    private String number(String key) {
        String value = value();
        try {
            return Long.toString(Long.parseLong(value));
        } catch (NumberFormatException _) {
            throw fail(
                    "values[0]: Invalid value: \""
                            + value
                            + "\": for 'Gt', 'Lt' operators, the value of "
                            + key
                            + " must be an integer");
        }
    }

    private String word() {
        int start = position;
        while (position < text.length() && "=!<>(), \t\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private char peek() {
        return text.charAt(position);
    }

    private boolean take(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char expected) {
        if (!take(expected)) {
            throw fail(
                    "found '"
                            + (position < text.length() ? peek() : "")
                            + "', expected: '"
                            + expected
                            + "'");
        }
    }

    private ApiException fail(String why) {
        return ApiException.badRequest("unable to parse requirement: " + why);
    }
}
