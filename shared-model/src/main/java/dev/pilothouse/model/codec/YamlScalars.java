package dev.pilothouse.model.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** What plain YAML scalars stand for. Stateless. Source: go-yaml v2, resolve.go. */
public final class YamlScalars {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> NOT_FINITE =
            Set.of(
                    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF",
                    "-.inf", "-.Inf", "-.INF");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final int LONGEST_NUMBER = 400;

    private YamlScalars() {}

    /**
     * The value of a scalar as JSON.
     *
     * <p>Throws an unchecked exception, whose message is for the client, when it does not fit its
     * tag.
     */
    public static JsonNode resolve(ScalarEvent event) {
        String text = event.getValue();
        String tag = event.getTag().orElse(null);
        if (tag == null || tag.equals("!")) {
            return event.isPlain() && tag == null ? plain(text) : string(text);
        }
        return switch (tag) {
            case "tag:yaml.org,2002:str" -> string(text);
            case "tag:yaml.org,2002:binary" -> binary(text);
            case "tag:yaml.org,2002:int",
                    "tag:yaml.org,2002:float",
                    "tag:yaml.org,2002:bool",
                    "tag:yaml.org,2002:null" ->
                    tagged(tag, text);
            default -> event.isPlain() ? plain(text) : string(text);
        };
    }

    private static JsonNode tagged(String tag, String text) {
        JsonNode value = plain(text);
        boolean fits =
                switch (tag.substring(tag.lastIndexOf(':') + 1)) {
                    case "int" -> value.isIntegralNumber();
                    case "float" -> value.isNumber();
                    case "bool" -> value.isBoolean();
                    default -> value.isNull();
                };
        if (!fits) {
            throw new BodySyntaxException(
                    "yaml: cannot decode \"" + text + "\" as a !!" + tag.substring(18));
        }
        return value;
    }

    private static JsonNode binary(String text) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return string(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new BodySyntaxException("yaml: !!binary value contains invalid data");
        }
    }

    private static JsonNode plain(String text) {
        if (NULL.contains(text)) {
            return NullNode.getInstance();
        }
        if (TRUE.contains(text)) {
            return BooleanNode.TRUE;
        }
        if (FALSE.contains(text)) {
            return BooleanNode.FALSE;
        }
        if (NOT_FINITE.contains(text)) {
            throw new BodySyntaxException("json: unsupported value: " + text);
        }
        JsonNode number = number(text);
        return number == null ? string(text) : number;
    }

    private static JsonNode string(String text) {
        return JsonNodeFactory.instance.stringNode(JsonReader.valid(text));
    }

    private static @Nullable JsonNode number(String text) {
        char first = text.charAt(0);
        boolean hint = (first >= '0' && first <= '9') || "+-.".indexOf(first) >= 0;
        if (!hint || text.length() > LONGEST_NUMBER) {
            return null;
        }
        String bare = text.replace("_", "");
        Long whole = integer(bare);
        if (whole != null) {
            return integerNode(whole);
        }
        return FLOAT.matcher(bare).matches() ? decimal(bare) : null;
    }

    private static JsonNode integerNode(long value) {
        return value == (int) value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    private static JsonNode decimal(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new BodySyntaxException("json: unsupported value: " + text);
        }
        // Go writes floats without fraction as whole numbers, and reads them back as integers.
        return value == Math.rint(value) && Math.abs(value) < 9e18
                ? integerNode((long) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    /** A whole number as Go's ParseInt with base 0 reads it, or null. */
    private static @Nullable Long integer(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int radix = 10;
        int digits = start;
        if (text.startsWith("0", start) && text.length() > start + 1) {
            radix =
                    switch (text.charAt(start + 1)) {
                        case 'x', 'X' -> 16;
                        case 'b', 'B' -> 2;
                        default -> 8;
                    };
            boolean letter = Character.isLetter(text.charAt(start + 1));
            digits = start + (letter ? 2 : 1);
            if (letter && radix == 8 && "oO".indexOf(text.charAt(start + 1)) < 0) {
                return null;
            }
        }
        if (digits >= text.length() || !onlyDigits(text, digits, radix)) {
            return null;
        }
        try {
            return Long.parseLong(
                    (text.charAt(0) == '-' ? "-" : "") + text.substring(digits), radix);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean onlyDigits(String text, int from, int radix) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether text written plain would be read as something else than this text. */
    static boolean readsAsOther(String text) {
        if (text.isEmpty() || NOT_FINITE.contains(text) || text.equals("<<")) {
            return true;
        }
        return NULL.contains(text)
                || TRUE.contains(text)
                || FALSE.contains(text)
                || looksLikeNumber(text);
    }

    private static boolean looksLikeNumber(String text) {
        try {
            return number(text) != null;
        } catch (BodySyntaxException _) {
            // A number that nobody can hold is still not text.
            return true;
        }
    }
}
