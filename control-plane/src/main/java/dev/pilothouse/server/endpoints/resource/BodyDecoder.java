package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.codec.Decoded;
import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.endpoints.resource.WriteOptions.FieldValidation;
import dev.pilothouse.server.request.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Turns request bodies into objects of the expected kind. Thread-safe. */
final class BodyDecoder {

    private final ProtobufCodec protobuf;

    /** Decodes protobuf bodies with this codec. */
    BodyDecoder(ProtobufCodec protobuf) {
        this.protobuf = protobuf;
    }

    /**
     * Decodes an object of a kind: its type fields are filled in when missing and checked when
     * present; unknown fields are dropped and, as the options say, refused or warned about.
     *
     * @throws ApiException 400 or 415
     */
    ObjectNode decode(ResourceCall call, FieldValidation validation, List<String> warnings) {
        ResourceKind kind = call.kind();
        Decoded decoded = parse(call.request(), kind.custom());
        ObjectNode object = decoded.object();
        fillType(object, kind.gvk());
        return conform(
                object, kind.gvk(), call.shape(), decoded.strictErrors(), validation, warnings);
    }

    /**
     * Decodes an object of a kind that is not the resource's own, such as the body of a
     * subresource.
     */
    ObjectNode decode(
            ApiRequest request,
            GroupVersionKind kind,
            TypeSchema type,
            FieldValidation validation,
            List<String> warnings) {
        Decoded decoded = parse(request, false);
        ObjectNode object = decoded.object();
        fillType(object, kind);
        return conform(
                object,
                kind,
                body -> ObjectDecoder.conform(body, type),
                decoded.strictErrors(),
                validation,
                warnings);
    }

    /** Brings an object to its type's shape and deals with what strict validation objects to. */
    static ObjectNode conform(
            ObjectNode object,
            GroupVersionKind kind,
            ObjectConformer conformer,
            List<String> duplicates,
            FieldValidation validation,
            List<String> warnings) {
        List<String> problems = new ArrayList<>(duplicates);
        problems.addAll(conformer.conform(object));
        if (!problems.isEmpty()) {
            switch (validation) {
                case IGNORE -> {}
                case WARN -> warnings.addAll(problems);
                case STRICT ->
                        throw ApiException.badRequest(
                                kind.kind()
                                        + " in version \""
                                        + kind.version()
                                        + "\" cannot be handled as a "
                                        + kind.kind()
                                        + ": strict decoding error: "
                                        + String.join(", ", problems));
            }
        }
        return object;
    }

    /**
     * Parses a body by its content type, JSON when it has none; the object is not yet conformed.
     */
    Decoded parse(ApiRequest request, boolean custom) {
        ContentFormat format = format(mediaType(request), custom);
        byte[] body = request.body();
        return switch (format) {
            case JSON -> ObjectDecoder.decodeJson(body);
            case YAML -> ObjectDecoder.decodeYaml(body);
            case PROTOBUF -> new Decoded(protobuf.decode(body), List.of());
        };
    }

    /**
     * The media type of the body in lower case without parameters, empty when the request names
     * none.
     */
    static String mediaType(ApiRequest request) {
        String header = request.headers().text("content-type");
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** 415 with the types that are taken. */
    static ApiException unsupportedMediaType(String accepted) {
        return new ApiException(
                Status.failure(
                        StatusReason.UNSUPPORTED_MEDIA_TYPE,
                        "the body of the request was in an unknown format - accepted media types include: "
                                + accepted,
                        null));
    }

    private static ContentFormat format(String mediaType, boolean custom) {
        if (mediaType.isEmpty() || mediaType.equals("*/*")) {
            return ContentFormat.JSON;
        }
        ContentFormat format = ContentFormat.of(mediaType);
        if (format == null || (format == ContentFormat.PROTOBUF && custom)) {
            throw unsupportedMediaType(
                    custom
                            ? "application/json, application/yaml"
                            : "application/json, application/yaml, application/vnd.kubernetes.protobuf");
        }
        return format;
    }

    static void fillType(ObjectNode object, GroupVersionKind expected) {
        String apiVersion = Json.text(object, "apiVersion");
        String kind = Json.text(object, "kind");
        if (kind.isEmpty()) {
            object.put("kind", expected.kind());
        } else if (!kind.equals(expected.kind())) {
            GroupVersionKind actual =
                    GroupVersionKind.of(
                            apiVersion.isEmpty() ? expected.apiVersion() : apiVersion, kind);
            throw ApiException.badRequest(
                    kind
                            + " in version \""
                            + actual.version()
                            + "\" cannot be handled as a "
                            + expected.kind()
                            + ": converting ("
                            + actual.apiVersion()
                            + "."
                            + kind
                            + ") to ("
                            + expected.apiVersion()
                            + "."
                            + expected.kind()
                            + "): unknown conversion");
        }
        if (apiVersion.isEmpty()) {
            object.put("apiVersion", expected.apiVersion());
        } else if (!apiVersion.equals(expected.apiVersion())) {
            throw ApiException.badRequest(
                    "the API version in the data ("
                            + apiVersion
                            + ") does not match the expected API version ("
                            + expected.apiVersion()
                            + ")");
        }
    }
}
