package dev.pilothouse.server.endpoints.openapi;

/**
 * A parameter of a path or operation.
 *
 * @param name its name
 * @param in {@code path} or {@code query}
 * @param type {@code string}, {@code integer} or {@code boolean}
 */
record Parameter(String name, String in, String type) {

    static Parameter path(String name) {
        return new Parameter(name, "path", "string");
    }

    static Parameter query(String name, String type) {
        return new Parameter(name, "query", type);
    }

    boolean required() {
        return in.equals("path");
    }
}
