package dev.pilothouse.ui.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parts of request paths and queries. */
public final class ApiPaths {

    private ApiPaths() {}

    /** A value of a query, such as a selector. */
    public static String parameter(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A segment of a path, in which a plus is a plus and no blank. */
    public static String segment(String text) {
        return parameter(text).replace("+", "%20");
    }
}
