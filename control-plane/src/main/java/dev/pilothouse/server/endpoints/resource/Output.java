package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.request.Accept;
import dev.pilothouse.server.request.AcceptClause;
import dev.pilothouse.server.request.ApiRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an answer.
 *
 * @param format JSON, YAML or protobuf
 * @param transform what is made of the objects
 * @param version v1 or v1beta1 of a transformed answer's type, empty for none
 * @param pretty whether JSON is indented
 */
record Output(ContentFormat format, Transform transform, String version, boolean pretty) {

    /** What is made of objects before they are encoded. */
    enum Transform {
        NONE,
        TABLE,
        PARTIAL
    }

    private static final List<String> INTERACTIVE = List.of("curl/", "Wget/", "Mozilla/");

    /**
     * Takes the first clause of the Accept header that can be served. Where that is protobuf and
     * the client takes JSON in the same shape as well, it gets JSON: objects are kept as JSON, so
     * that costs neither side a conversion.
     *
     * @throws ApiException 406 when nothing can be served
     */
    static Output negotiate(ApiRequest request, ResourceKind kind, boolean watch) {
        List<AcceptClause> clauses = Accept.parse(request.headers().text("accept"));
        Output chosen = null;
        for (AcceptClause clause : clauses) {
            Output output = serve(clause, request, kind, watch);
            if (output == null) {
                continue;
            }
            if (chosen == null) {
                chosen = output;
            } else if (chosen.format == ContentFormat.PROTOBUF
                    && output.format == ContentFormat.JSON
                    && output.transform == chosen.transform) {
                return output;
            }
        }
        if (chosen == null) {
            throw new ApiException(
                    Status.failure(
                            StatusReason.NOT_ACCEPTABLE,
                            "only the following media types are accepted: application/json, application/yaml,"
                                    + " application/vnd.kubernetes.protobuf",
                            null));
        }
        return chosen;
    }

    /** Whether the stored bytes are the answer as they are. */
    boolean isPlainJson() {
        return format == ContentFormat.JSON && transform == Transform.NONE && !pretty;
    }

    private static @Nullable Output serve(
            AcceptClause clause, ApiRequest request, ResourceKind kind, boolean watch) {
        ContentFormat format = format(clause.type());
        if (format == null
                || (format == ContentFormat.PROTOBUF && kind.custom())
                || (format == ContentFormat.YAML && watch)) {
            return null;
        }
        String stream = clause.parameters().getOrDefault("stream", "");
        if (!stream.isEmpty() && !(watch && stream.equals("watch"))) {
            return null;
        }
        boolean pretty = format == ContentFormat.JSON && isPretty(request) && !watch;
        String as = clause.parameters().getOrDefault("as", "");
        if (as.isEmpty()) {
            return new Output(format, Transform.NONE, "", pretty);
        }
        String version = clause.parameters().getOrDefault("v", "");
        boolean known =
                clause.parameters().getOrDefault("g", "").equals("meta.k8s.io")
                        && (version.equals("v1") || version.equals("v1beta1"));
        if (!known) {
            return null;
        }
        return switch (as) {
            case "Table" ->
                    format == ContentFormat.PROTOBUF
                            ? null
                            : new Output(format, Transform.TABLE, version, pretty);
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                    new Output(format, Transform.PARTIAL, version, pretty);
            default -> null;
        };
    }

    private static @Nullable ContentFormat format(String type) {
        return switch (type) {
            case "*/*", "application/*" -> ContentFormat.JSON;
            default -> ContentFormat.of(type);
        };
    }

    private static boolean isPretty(ApiRequest request) {
        if (request.query().has("pretty")) {
            return request.query().flag("pretty");
        }
        String agent = request.headers().text("user-agent");
        return INTERACTIVE.stream().anyMatch(agent::startsWith);
    }
}
