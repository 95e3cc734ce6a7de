package dev.pilothouse.server.endpoints.openapi;

/** The two OpenAPI versions, where they write schemas differently. */
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String refPrefix;

    Dialect(String refPrefix) {
        this.refPrefix = refPrefix;
    }

    /** The value of {@code $ref} for a definition. */
    String ref(String definition) {
        return refPrefix + definition;
    }
}
