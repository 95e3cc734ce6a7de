package dev.pilothouse.model.client;

/** How much of an object answers hold. */
public enum ObjectForm {
    /** All of it. */
    WHOLE("application/json", "application/json"),
    /** Its metadata, as PartialObjectMetadata. */
    METADATA(
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1",
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");

    private final String accept;
    private final String listAccept;

    ObjectForm(String accept, String listAccept) {
        this.accept = accept;
        this.listAccept = listAccept;
    }

    /** Value of the Accept header for one object, and for watches. */
    String accept() {
        return accept;
    }

    /** Value of the Accept header for lists. */
    String listAccept() {
        return listAccept;
    }
}
