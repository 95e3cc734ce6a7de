package dev.pilothouse.server.endpoints.openapi;

/** A form in which a document is sent. */
enum Form {
    JSON("application/json", ""),
    PROTOBUF_V2(
            "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"),
    PROTOBUF_V3(
            "application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
            "application/com.github.proto-openapi.spec.v3@v1.0+protobuf");

    private final String contentType;
    private final String oldName;

    Form(String contentType, String oldName) {
        this.contentType = contentType;
        this.oldName = oldName;
    }

    /** The Content-Type of answers; the old name has a character that media types may not have. */
    String contentType() {
        return contentType;
    }

    /** Whether an Accept entry means this form. */
    boolean answersTo(String type) {
        return type.equals(contentType) || type.equals(oldName);
    }
}
