package dev.pilothouse.server.endpoints;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of API versions: stable before beta before alpha, higher numbers first, then all other
 * names by alphabet. Source: apimachinery version CompareKubeAwareVersionStrings.
 */
final class VersionPriority {

    private static final Pattern VERSION =
            Pattern.compile("v([1-9][0-9]{0,8})(?:(alpha|beta)([1-9][0-9]{0,8}))?");

    /** Best first. */
    static final Comparator<String> BEST_FIRST =
            Comparator.comparing(VersionPriority::rank, Comparator.reverseOrder())
                    .thenComparing(Comparator.naturalOrder());

    private VersionPriority() {}

    /** Whether it is a version by its looks, such as {@code v1} or {@code v2beta1}. */
    static boolean isUsual(String version) {
        return version.length() >= 2
                && version.charAt(0) == 'v'
                && VERSION.matcher(version).matches();
    }

    private record Rank(int stability, int major, int minor) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            int byStability = Integer.compare(stability, other.stability);
            int byMajor = Integer.compare(major, other.major);
            return byStability != 0
                    ? byStability
                    : byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        }
    }

    private static Rank rank(String version) {
        Matcher match = VERSION.matcher(version);
        if (!match.matches()) {
            return new Rank(0, 0, 0);
        }
        int major = Integer.parseInt(match.group(1));
        return switch (match.group(2)) {
            case "alpha" -> new Rank(1, major, Integer.parseInt(match.group(3)));
            case "beta" -> new Rank(2, major, Integer.parseInt(match.group(3)));
            case null, default -> new Rank(3, major, 0);
        };
    }
}
