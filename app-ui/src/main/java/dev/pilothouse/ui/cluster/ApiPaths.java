package dev.pilothouse.ui.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Parts of request paths and queries. */
public final class ApiPaths {

    /** Put by POST, although nothing is kept of them. */
    private static final Set<String> QUESTIONS =
            Set.of(
                    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                    "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                    "/apis/scheduling.pilothouse.dev/v1/simulations");

    private ApiPaths() {}

    /** Whether a request changes nothing, whoever it is sent by. */
    public static boolean isQuestion(String method, String path) {
        return method.equals("GET") || method.equals("POST") && QUESTIONS.contains(path);
    }

    /** A value of a query, such as a selector. */
    public static String parameter(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A segment of a path, in which a plus is a plus and no blank. */
    public static String segment(String text) {
        return parameter(text).replace("+", "%20");
    }
}
