package dev.pilothouse.server.clients;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One expected line of output. What it says is compared to the letter, except for placeholders of
 * what differs from run to run, such as {@code <age>}. Columns are two or more blanks apart, and
 * how many does not count.
 */
record LinePattern(String source, Pattern pattern) {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("<(age|ip|uid|time|number|any|some)>");
    private static final Pattern GAP = Pattern.compile("(?<! ) {2,}");
    private static final Map<String, String> MEANING =
            Map.of(
                    "age", "\\d+(?:ms|[smhd])(?:\\d+[smh])?",
                    "ip", "\\d+\\.\\d+\\.\\d+\\.\\d+",
                    "uid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                    "time", "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z",
                    "number", "\\d+",
                    "any", ".*",
                    "some", "\\S+");

    /** A line given as it stands, but for placeholders. */
    static LinePattern literal(String line) {
        var regex = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(line);
        int end = 0;
        while (matcher.find()) {
            regex.append(quote(line.substring(end, matcher.start()), end == 0));
            regex.append(MEANING.get(matcher.group(1)));
            end = matcher.end();
        }
        regex.append(quote(line.substring(end), end == 0)).append("\\s*");
        return new LinePattern(line, Pattern.compile(regex.toString()));
    }

    /** A regular expression for a whole line. */
    static LinePattern regex(String regex) {
        return new LinePattern(regex, Pattern.compile(regex));
    }

    boolean matches(String line) {
        return pattern.matcher(line).matches();
    }

    /** A part of a line; the blanks that indent a line do count. */
    private static String quote(String text, boolean first) {
        var regex = new StringBuilder();
        Matcher gap = GAP.matcher(text);
        int end = 0;
        while (gap.find()) {
            if (first && gap.start() == 0) {
                continue;
            }
            regex.append(Pattern.quote(text.substring(end, gap.start()))).append(" {2,}");
            end = gap.end();
        }
        return regex.append(Pattern.quote(text.substring(end))).toString();
    }

    @Override
    public String toString() {
        return source;
    }
}
