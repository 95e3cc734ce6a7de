package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.math.BigInteger;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Semantic versions. */
@SuppressWarnings("Immutable") // What the functions hold never changes.
final class VersionFunctions {

    private static final OpaqueType SEMVER = OpaqueType.create("kubernetes.Semver");
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final String PART = "(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern STRICT =
            Pattern.compile(
                    NUMBER
                            + "\\."
                            + NUMBER
                            + "\\."
                            + NUMBER
                            + "(?:-("
                            + PART
                            + "(?:\\."
                            + PART
                            + ")*))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");
    private static final Pattern LOOSE =
            Pattern.compile("v?0*(\\d+)(?:\\.0*(\\d+))?(?:\\.0*(\\d+))?([-+].*)?");

    /**
     * A version; equal to another one when neither comes first.
     *
     * @param numbers major, minor and patch
     * @param pre identifiers of a pre-release, empty for a release
     */
    private record Version(List<BigInteger> numbers, List<String> pre)
            implements Comparable<Version> {

        @Override
        public int compareTo(Version other) {
            for (int i = 0; i < 3; i++) {
                int order = numbers.get(i).compareTo(other.numbers.get(i));
                if (order != 0) {
                    return order;
                }
            }
            if (pre.isEmpty() || other.pre.isEmpty()) {
                return Boolean.compare(pre.isEmpty(), other.pre.isEmpty());
            }
            for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
                int order = comparePart(pre.get(i), other.pre.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(pre.size(), other.pre.size());
        }

        private static int comparePart(String a, String b) {
            boolean left = isNumber(a);
            boolean right = isNumber(b);
            if (left && right) {
                return new BigInteger(a).compareTo(new BigInteger(b));
            }
            return left == right ? a.compareTo(b) : left ? -1 : 1;
        }

        private static boolean isNumber(String text) {
            return text.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }

    private VersionFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.global(
                        "semver",
                        SEMVER,
                        SimpleType.STRING,
                        String.class,
                        text -> version(text, false)),
                Function.global(
                        "semver",
                        SEMVER,
                        SimpleType.STRING,
                        String.class,
                        SimpleType.BOOL,
                        Boolean.class,
                        VersionFunctions::version),
                Function.global(
                        "isSemver",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        text -> parse(text, false) != null),
                Function.global(
                        "isSemver",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        SimpleType.BOOL,
                        Boolean.class,
                        (text, normalize) -> parse(text, normalize) != null),
                number("major", 0),
                number("minor", 1),
                number("patch", 2),
                compare("isLessThan", SimpleType.BOOL, order -> order < 0),
                compare("isGreaterThan", SimpleType.BOOL, order -> order > 0),
                compare("compareTo", SimpleType.INT, order -> (long) Integer.signum(order)));
    }

    private static Function number(String name, int index) {
        return Function.member(
                name,
                SimpleType.INT,
                SEMVER,
                Version.class,
                version -> version.numbers().get(index).longValueExact());
    }

    private static Function compare(String name, CelType result, IntFunction<Object> answer) {
        return Function.member(
                name,
                result,
                SEMVER,
                Version.class,
                SEMVER,
                Version.class,
                (a, b) -> answer.apply(a.compareTo(b)));
    }

    private static Version version(String text, boolean normalize) {
        Version version = parse(text, normalize);
        if (version == null) {
            throw new IllegalArgumentException("invalid semantic version \"" + text + "\"");
        }
        return version;
    }

    private static @Nullable Version parse(String text, boolean normalize) {
        Matcher matcher = STRICT.matcher(normalize ? normalized(text) : text);
        if (!matcher.matches()) {
            return null;
        }
        String pre = matcher.group(4);
        return new Version(
                List.of(
                        new BigInteger(matcher.group(1)),
                        new BigInteger(matcher.group(2)),
                        new BigInteger(matcher.group(3))),
                pre == null ? List.of() : List.of(pre.split("\\.")));
    }

    /** Drops a leading v and leading zeros, and fills up to three numbers. */
    private static String normalized(String text) {
        Matcher matcher = LOOSE.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        String rest = matcher.group(4);
        return matcher.group(1)
                + "."
                + orZero(matcher.group(2))
                + "."
                + orZero(matcher.group(3))
                + (rest == null ? "" : rest);
    }

    private static String orZero(@Nullable String number) {
        return number == null ? "0" : number;
    }
}
