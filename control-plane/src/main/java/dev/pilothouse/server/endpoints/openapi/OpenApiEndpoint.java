package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Serves {@code /openapi/v2}, {@code /openapi/v3} and {@code /openapi/v3/PATH}. Source:
 * kube-openapi pkg/handler and pkg/handler3. Thread-safe.
 */
public final class OpenApiEndpoint implements ApiHandler {

    private static final String PREFIX = "/openapi/v3/";

    private final OpenApiDocuments documents;

    /** Serves these documents. */
    public OpenApiEndpoint(OpenApiDocuments documents) {
        this.documents = documents;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw ApiException.methodNotAllowed(
                    new GroupResource("", "openapi"), request.method().toLowerCase(Locale.ROOT));
        }
        String path = request.path();
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.equals("/openapi/v2")) {
            Form form = negotiate(request, Form.PROTOBUF_V2);
            Document document = documents.v2();
            return answer(request, document.hash(), form, () -> bytes(document, form));
        }
        if (path.equals("/openapi/v3")) {
            byte[] index = Json.bytes(documents.v3Index());
            return answer(request, Document.sha512(index), Form.JSON, () -> index);
        }
        if (path.startsWith(PREFIX)) {
            return groupVersion(request, path.substring(PREFIX.length()));
        }
        throw ApiException.noSuchPath();
    }

    private ApiResponse groupVersion(ApiRequest request, String key) {
        Document document = documents.v3(key);
        if (document == null) {
            throw ApiException.noSuchPath();
        }
        Form form = negotiate(request, Form.PROTOBUF_V3);
        String asked = request.query().text("hash");
        if (asked.isEmpty()) {
            return answer(request, document.hash(), form, () -> bytes(document, form))
                    .withHeader("Cache-Control", "no-cache, private");
        }
        if (!asked.equals(document.hash())) {
            return ApiResponse.Body.of(301, "", new byte[0])
                    .withHeader("Location", PREFIX + key + "?hash=" + document.hash());
        }
        String expires =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plus(365, ChronoUnit.DAYS).atZone(ZoneOffset.UTC));
        return answer(request, document.hash(), form, () -> bytes(document, form))
                .withHeader("Cache-Control", "public, immutable")
                .withHeader("Expires", expires.replace("UTC", "GMT"));
    }

    private static byte[] bytes(Document document, Form form) {
        return form == Form.JSON ? document.json() : document.protobuf();
    }

    private static ApiResponse answer(
            ApiRequest request, String hash, Form form, Supplier<byte[]> content) {
        // The two forms differ in their bytes, so they may not share a strong tag.
        String tag = form == Form.JSON ? "\"" + hash + "\"" : "\"" + hash + "-pb\"";
        boolean known = matches(request.headers().text("if-none-match"), tag);
        ApiResponse response =
                known
                        ? ApiResponse.Body.of(304, "", new byte[0])
                        : ApiResponse.Body.of(200, form.contentType(), content.get());
        return response.withHeader("ETag", tag).withHeader("Vary", "Accept");
    }

    private static boolean matches(String header, String tag) {
        for (String candidate : header.split(",")) {
            String given = candidate.trim();
            if (given.equals("*") || given.equals(tag) || given.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static Form negotiate(ApiRequest request, Form protobuf) {
        List<String> accepted = AcceptedTypes.inOrder(request.headers().all("accept"));
        for (String type : accepted) {
            if (type.equals("*/*")
                    || type.equals("application/*")
                    || type.equals("application/json")) {
                return Form.JSON;
            }
            if (protobuf.answersTo(type)) {
                return protobuf;
            }
        }
        throw new ApiException(
                Status.failure(
                        StatusReason.NOT_ACCEPTABLE,
                        "only the following media types are accepted: application/json, "
                                + protobuf.contentType(),
                        null));
    }
}
