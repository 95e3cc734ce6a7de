package dev.pilothouse.server.request;

import java.util.Map;

/**
 * One clause of an Accept header.
 *
 * @param type media type or range in lower case, for example {@code application/json} or a range
 *     such as {@code *}{@code /*}
 * @param parameters its parameters other than {@code q}, such as {@code as}, {@code g} and {@code
 *     v}
 */
public record AcceptClause(String type, Map<String, String> parameters) {

    /** Copies the map. */
    public AcceptClause {
        parameters = Map.copyOf(parameters);
    }

    /** A parameter's value, empty when it is missing. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Whether a media type without parameters falls under this clause's type or range. */
    public boolean matches(String mediaType) {
        if (type.equals("*/*") || type.equals(mediaType)) {
            return true;
        }
        return type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1));
    }

    /** 0 for a media type, 1 for a range within a type, 2 for everything. */
    int breadth() {
        if (type.startsWith("*")) {
            return 2;
        }
        return type.endsWith("/*") ? 1 : 0;
    }
}
