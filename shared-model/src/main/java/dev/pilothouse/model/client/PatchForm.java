package dev.pilothouse.model.client;

/** The forms of a patch, by their media types. */
public enum PatchForm {
    /** RFC 6902. */
    JSON("application/json-patch+json"),
    /** RFC 7386. */
    MERGE("application/merge-patch+json"),
    /** Kubernetes' own, for built-in kinds. */
    STRATEGIC("application/strategic-merge-patch+json"),
    /** Server-side apply; needs a field manager. */
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchForm(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }
}
