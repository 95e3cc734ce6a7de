package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.request.ApiRequest;

/** The four kinds of patches, by content type. */
enum PatchType {
    JSON,
    MERGE,
    STRATEGIC,
    APPLY;

    private static final String BUILT_IN =
            "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json,"
                    + " application/apply-patch+yaml";
    private static final String CUSTOM =
            "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";

    /**
     * The type of a patch. A patch without a content type is a merge patch: the API document sends
     * such.
     *
     * @throws dev.pilothouse.model.meta.ApiException 415 when the type is unknown, or strategic for
     *     a custom resource
     */
    static PatchType of(ApiRequest request, boolean custom) {
        return switch (BodyDecoder.mediaType(request)) {
            case "application/json-patch+json" -> JSON;
            case "application/merge-patch+json", "" -> MERGE;
            case "application/apply-patch+yaml" -> APPLY;
            case "application/strategic-merge-patch+json" -> {
                if (custom) {
                    throw BodyDecoder.unsupportedMediaType(CUSTOM);
                }
                yield STRATEGIC;
            }
            default -> throw BodyDecoder.unsupportedMediaType(custom ? CUSTOM : BUILT_IN);
        };
    }
}
