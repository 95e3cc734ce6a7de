package dev.pilothouse.model.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The canonical text of a quantity: {@code 0.5} becomes {@code 500m}, {@code 1024Mi} becomes {@code
 * 1Gi}. Source: apimachinery api/resource quantity.go and suffix.go.
 */
final class QuantityText {

    private static final Pattern FORM =
            Pattern.compile(
                    "([+-]?(?:\\d+\\.?\\d*|\\.\\d+))"
                            + "(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\\d+)?");
    private static final String BINARY = "KMGTPE";
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final int MAX_LENGTH = 400;
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    private QuantityText() {}

    /** The node itself when its text is canonical, else a node with canonical text. */
    static JsonNode conform(JsonNode node) {
        String text =
                node.isString() ? node.stringValue() : node.isNumber() ? node.asString() : "?";
        if (node.isString() && plainCount(text)) {
            return node;
        }
        String canonical = canonical(text.strip());
        return node.isString() && canonical.equals(text)
                ? node
                : JsonNodeFactory.instance.stringNode(canonical);
    }

    /** Short whole numbers that need no work: no leading zero, no group of thousands. */
    private static boolean plainCount(String text) {
        if (text.isEmpty() || text.length() > 9 || text.charAt(0) == '0' || text.endsWith("000")) {
            return text.equals("0");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Canonical text of a quantity.
     *
     * @throws BodySyntaxException when it is none
     */
    static String canonical(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw malformed();
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw malformed();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        if (suffix.endsWith("i")) {
            BigInteger factor = KIBI.pow(BINARY.indexOf(suffix.charAt(0)) + 1);
            return write(limit(number.multiply(new BigDecimal(factor))), true, false);
        }
        boolean exponent = suffix.length() > 1;
        int scale = exponent ? exponent(suffix) : decimalScale(suffix);
        return write(limit(number.scaleByPowerOfTen(scale)), false, exponent);
    }

    private static int decimalScale(String suffix) {
        for (int i = 0; i < DECIMAL.length; i++) {
            if (DECIMAL[i].equals(suffix)) {
                return i * 3 - 9;
            }
        }
        throw malformed();
    }

    private static int exponent(String suffix) {
        try {
            // Beyond a thousand the result is at a limit anyway; the bound keeps the arithmetic
            // small.
            return Math.clamp(Integer.parseInt(suffix.substring(1)), -1000, 1000);
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private static BigDecimal limit(BigDecimal number) {
        if (number.abs().compareTo(MAX) > 0) {
            return number.signum() < 0 ? MAX.negate() : MAX;
        }
        return number.scale() > 9 ? number.setScale(9, RoundingMode.UP) : number;
    }

    private static String write(BigDecimal number, boolean binary, boolean exponent) {
        if (number.signum() == 0) {
            return "0";
        }
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        if (binary && whole && number.abs().compareTo(BigDecimal.valueOf(1024)) >= 0) {
            return writeBinary(number.toBigIntegerExact());
        }
        return writeDecimal(number.setScale(9, RoundingMode.UP).unscaledValue(), exponent);
    }

    private static String writeBinary(BigInteger value) {
        BigInteger mantissa = value;
        int power = 0;
        while (power < 6 && mantissa.mod(KIBI).signum() == 0) {
            mantissa = mantissa.divide(KIBI);
            power++;
        }
        return power == 0 ? mantissa.toString() : mantissa + "" + BINARY.charAt(power - 1) + "i";
    }

    private static String writeDecimal(BigInteger nanos, boolean exponent) {
        BigInteger mantissa = nanos;
        int step = 0;
        while (step < DECIMAL.length - 1 && mantissa.mod(THOUSAND).signum() == 0) {
            mantissa = mantissa.divide(THOUSAND);
            step++;
        }
        if (!exponent) {
            return mantissa + DECIMAL[step];
        }
        int power = step * 3 - 9;
        return power == 0 ? mantissa.toString() : mantissa + "e" + power;
    }

    private static BodySyntaxException malformed() {
        return new BodySyntaxException(
                "quantities must match the regular expression"
                        + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
}
