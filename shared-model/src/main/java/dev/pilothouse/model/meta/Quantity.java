package dev.pilothouse.model.meta;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact amount of a resource, such as {@code 500m} or {@code 64Mi}. Immutable; arithmetic is
 * exact. Two quantities are equal when they are the same amount in the same notation; {@link
 * #compareTo} looks at the amount only.
 *
 * <p>Source of the syntax and of the canonical form: apimachinery's api/resource/quantity.go.
 *
 * @param amount the amount in whole units, never finer than 1e-9
 * @param format the notation to write it in
 */
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {

    /** How a quantity is written. */
    public enum Format {
        /** Powers of ten with a letter: {@code 1500m}, {@code 2k}. */
        DECIMAL_SI,
        /** Powers of 1024: {@code 64Mi}. */
        BINARY_SI,
        /** Powers of ten with an exponent: {@code 1e3}. */
        DECIMAL_EXPONENT
    }

    /** Nothing, in decimal notation. */
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

    /** The complaint of kube-apiserver about text that is not a quantity. */
    public static final String SYNTAX_ERROR =
            "quantities must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static final String SUFFIX_ERROR = "unable to parse quantity's suffix";
    private static final String NUMBER_ERROR = "unable to parse numeric part of quantity";
    private static final BigDecimal MAXIMUM = new BigDecimal(Long.MAX_VALUE);
    private static final BigDecimal KIBI = new BigDecimal(1024);
    private static final String DECIMAL_SUFFIXES = "num kMGTPE";
    private static final String BINARY_SUFFIXES = "KMGTPE";

    /** A whole number of units. */
    public static Quantity of(long units) {
        return new Quantity(BigDecimal.valueOf(units), Format.DECIMAL_SI);
    }

    /** A number of thousandths. */
    public static Quantity ofMillis(long thousandths) {
        return new Quantity(BigDecimal.valueOf(thousandths, 3), Format.DECIMAL_SI);
    }

    /**
     * Reads a quantity; amounts finer than 1e-9 are rounded up (away from zero), amounts beyond
     * 2^63-1 are capped.
     *
     * @throws IllegalArgumentException with kube-apiserver's message when it is not one
     */
    public static Quantity parse(String text) {
        int end = numberEnd(text);
        String number = text.substring(0, end);
        String suffix = text.substring(end);
        if (!hasDigitsAndOneDot(number)) {
            throw new IllegalArgumentException(SYNTAX_ERROR);
        }
        if (suffix.isEmpty()) {
            return normalise(decimal(number), Format.DECIMAL_SI);
        }
        if (suffix.length() == 2 && suffix.charAt(1) == 'i') {
            int power = BINARY_SUFFIXES.indexOf(suffix.charAt(0)) + 1;
            if (power > 0) {
                return normalise(decimal(number).multiply(KIBI.pow(power)), Format.BINARY_SI);
            }
        }
        if (suffix.length() == 1 && suffix.charAt(0) != ' ') {
            int place = DECIMAL_SUFFIXES.indexOf(suffix.charAt(0));
            if (place >= 0) {
                int exponent = 3 * (place - 3);
                return normalise(decimal(number).scaleByPowerOfTen(exponent), Format.DECIMAL_SI);
            }
        }
        return normalise(
                decimal(number).scaleByPowerOfTen(exponent(suffix)), Format.DECIMAL_EXPONENT);
    }

    /** Whether text is a quantity. */
    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The form in which kube-apiserver stores this text: {@code 1000m} becomes {@code 1}.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static String canonical(String text) {
        return isPlainCanonical(text) ? text : parse(text).toString();
    }

    /** The sum, in this quantity's notation (the other's when this one is zero). */
    public Quantity add(Quantity other) {
        return new Quantity(amount.add(other.amount), isZero() ? other.format : format);
    }

    /** The difference, in this quantity's notation (the other's when this one is zero). */
    public Quantity subtract(Quantity other) {
        return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format);
    }

    /** The same amount below zero. */
    public Quantity negate() {
        return new Quantity(amount.negate(), format);
    }

    /** Whether the amount is zero. */
    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** -1, 0 or 1 as the amount is below, at or above zero. */
    public int signum() {
        return amount.signum();
    }

    /** Whether the amount is a whole number of units. */
    public boolean isWhole() {
        return amount.signum() == 0 || amount.stripTrailingZeros().scale() <= 0;
    }

    /** Whole units, rounded away from zero, capped to the range of long. */
    public long value() {
        return scaled(0);
    }

    /** Thousandths, rounded away from zero, capped to the range of long. */
    public long milliValue() {
        return scaled(3);
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that
                && format == that.format
                && amount.compareTo(that.amount) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * amount.stripTrailingZeros().hashCode() + format.hashCode();
    }

    /** The canonical form: no fraction, the largest suffix that keeps it exact. */
    @Override
    public String toString() {
        if (isZero()) {
            return "0";
        }
        if (format == Format.BINARY_SI && amount.abs().compareTo(KIBI) >= 0) {
            return binaryForm();
        }
        return decimalForm(format == Format.DECIMAL_EXPONENT);
    }

    private String binaryForm() {
        BigInteger mantissa = amount.setScale(0, RoundingMode.UP).unscaledValue();
        int power = Math.min(mantissa.getLowestSetBit() / 10, BINARY_SUFFIXES.length());
        String digits = mantissa.shiftRight(10 * power).toString();
        return power == 0 ? digits : digits + BINARY_SUFFIXES.charAt(power - 1) + "i";
    }

    private String decimalForm(boolean exponentForm) {
        BigDecimal stripped = amount.stripTrailingZeros();
        int exponent = Math.clamp(Math.floorDiv(-stripped.scale(), 3) * 3L, -9, 18);
        String digits = stripped.scaleByPowerOfTen(-exponent).toPlainString();
        if (exponent == 0) {
            return digits;
        }
        return exponentForm
                ? digits + "e" + exponent
                : digits + DECIMAL_SUFFIXES.charAt(exponent / 3 + 3);
    }

    private long scaled(int places) {
        BigInteger whole =
                amount.scaleByPowerOfTen(places).setScale(0, RoundingMode.UP).toBigInteger();
        if (whole.bitLength() > 63) {
            return whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return whole.longValue();
    }

    private static Quantity normalise(BigDecimal amount, Format format) {
        BigDecimal exact = amount;
        if (exact.scale() > 9) {
            exact = exact.setScale(9, RoundingMode.UP);
        }
        if (exact.precision() > 18 && exact.abs().compareTo(MAXIMUM) > 0) {
            exact = exact.signum() < 0 ? MAXIMUM.negate() : MAXIMUM;
        }
        // Small binary amounts lose their notation: "0.001Ki" has no binary form.
        Format kept =
                format == Format.BINARY_SI && exact.abs().compareTo(KIBI) < 0
                        ? Format.DECIMAL_SI
                        : format;
        return new Quantity(exact, kept);
    }

    private static int numberEnd(String text) {
        int at = 0;
        if (!text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-')) {
            at++;
        }
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    private static boolean hasDigitsAndOneDot(String number) {
        int digits = 0;
        int dots = 0;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (isDigit(c)) {
                digits++;
            } else if (c == '.') {
                dots++;
            }
        }
        return digits > 0 && dots <= 1;
    }

    private static BigDecimal decimal(String number) {
        if (number.length() > 1000) {
            throw new IllegalArgumentException(NUMBER_ERROR);
        }
        return new BigDecimal(number);
    }

    private static int exponent(String suffix) {
        char sign = suffix.charAt(0);
        int start = suffix.length() > 1 && suffix.charAt(1) == '+' ? 2 : 1;
        boolean short4 = suffix.length() - start <= 4 && suffix.length() > start;
        if ((sign != 'e' && sign != 'E') || !short4) {
            throw new IllegalArgumentException(
                    isSuffixShaped(suffix) ? SUFFIX_ERROR : SYNTAX_ERROR);
        }
        try {
            return Integer.parseInt(suffix, start, suffix.length(), 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    isSuffixShaped(suffix) ? SUFFIX_ERROR : SYNTAX_ERROR, e);
        }
    }

    private static boolean isSuffixShaped(String suffix) {
        int at = 0;
        while (at < suffix.length() && "eEinumkKMGTP".indexOf(suffix.charAt(at)) >= 0) {
            at++;
        }
        if (at < suffix.length() && (suffix.charAt(at) == '+' || suffix.charAt(at) == '-')) {
            at++;
        }
        while (at < suffix.length() && isDigit(suffix.charAt(at))) {
            at++;
        }
        return at == suffix.length();
    }

    /** Most quantities need no parsing: digits that do not end in 000, with or without a suffix. */
    private static boolean isPlainCanonical(String text) {
        int digits = 0;
        while (digits < text.length() && isDigit(text.charAt(digits))) {
            digits++;
        }
        boolean plain =
                digits > 0 && digits <= 3 && text.charAt(0) != '0' && digits >= text.length() - 2;
        if (!plain) {
            return false;
        }
        String suffix = text.substring(digits);
        return suffix.isEmpty()
                || suffix.equals("m")
                || suffix.equals("Ki")
                || suffix.equals("Mi")
                || suffix.equals("Gi");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
