package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.meta.GroupVersionKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path with its operations, independent of the document version.
 *
 * @param path URL path template
 * @param parameters parameters of all its operations
 * @param operations its operations
 */
record Endpoint(String path, List<Parameter> parameters, List<Operation> operations) {

    /**
     * One HTTP method of a path.
     *
     * @param method lower case HTTP method
     * @param id unique operation id
     * @param tag for example {@code apps_v1}
     * @param action value of x-kubernetes-action, empty for none
     * @param kind the kind it is about, or null
     * @param parameters query parameters
     * @param body request body, or null
     * @param responses success answers
     * @param produces media types of the answer
     */
    record Operation(
            String method,
            String id,
            String tag,
            String action,
            @Nullable GroupVersionKind kind,
            List<Parameter> parameters,
            @Nullable Body body,
            List<Response> responses,
            List<String> produces) {}

    /**
     * A request body.
     *
     * @param definition name of its definition
     * @param mediaTypes accepted media types
     * @param required whether there must be one
     */
    record Body(String definition, List<String> mediaTypes, boolean required) {}

    /**
     * An answer.
     *
     * @param code HTTP status
     * @param description its reason phrase
     * @param definition name of the body's definition, empty for text
     */
    record Response(int code, String description, String definition) {

        static Response ok(String definition) {
            return new Response(200, "OK", definition);
        }
    }
}
