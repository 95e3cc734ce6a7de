package dev.pilothouse.server.endpoints.openapi;

import java.util.List;

/** Media types that operations name. */
final class MediaTypes {

    static final List<String> ANY = List.of("*/*");
    static final List<String> CUSTOM_BODY = List.of("application/json", "application/yaml");
    static final List<String> OBJECT =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    static final List<String> LIST =
            List.of(
                    "application/json",
                    "application/yaml",
                    "application/vnd.kubernetes.protobuf",
                    "application/json;stream=watch",
                    "application/vnd.kubernetes.protobuf;stream=watch");
    static final List<String> PATCH =
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml");
    static final List<String> CUSTOM_PATCH =
            List.of(
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/apply-patch+yaml");
    static final List<String> TEXT = List.of("text/plain");
    static final List<String> JSON = List.of("application/json");

    private MediaTypes() {}
}
