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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Turns request bodies into objects of the expected kind. Thread-safe. */
final class BodyDecoder {

    /** How much of a body is shown to a client that sent nonsense. */
    private static final int SUMMARY_BYTES = 30;

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
        Decoded decoded = recognize(call.request(), kind.gvk(), kind.custom());
        ObjectNode object = decoded.object();
        if (!kind.custom()) {
            checkKind(object, kind.gvk());
        }
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
        Decoded decoded = recognize(request, kind, false);
        ObjectNode object = decoded.object();
        checkKind(object, kind);
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

    /** Parses a body; what cannot be parsed is shown to the client in part. */
    private Decoded recognize(ApiRequest request, GroupVersionKind expected, boolean custom) {
        try {
            return parse(request, custom);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.BAD_REQUEST) {
                throw e;
            }
            throw ApiException.badRequest(
                    "the object provided is unrecognized (must be of type "
                            + expected.kind()
                            + "): "
                            + e.getMessage()
                            + " ("
                            + summary(request.body())
                            + ")");
        }
    }

    /** The beginning of a body, in hexadecimal unless it looks like JSON. */
    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int length = Math.min(body.length, SUMMARY_BYTES);
        String shown =
                body[0] == '{'
                        ? new String(body, 0, length, StandardCharsets.UTF_8)
                        : HexFormat.of().formatHex(body, 0, length);
        return length < body.length ? shown + " ..." : shown;
    }

    /** Refuses other kinds in the words of Go's scheme, which knows them or does not. */
    private void checkKind(ObjectNode object, GroupVersionKind expected) {
        String apiVersion = Json.text(object, "apiVersion");
        String kind = Json.text(object, "kind");
        GroupVersionKind actual =
                GroupVersionKind.of(
                        apiVersion.isEmpty() ? expected.apiVersion() : apiVersion,
                        kind.isEmpty() ? expected.kind() : kind);
        if (actual.equals(expected)) {
            return;
        }
        String why;
        if (!protobuf.canEncode(actual)) {
            why =
                    "no kind \""
                            + actual.kind()
                            + "\" is registered for version \""
                            + actual.apiVersion()
                            + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
        } else if (!actual.kind().equals(expected.kind())) {
            why =
                    "converting ("
                            + actual.version()
                            + "."
                            + actual.kind()
                            + ") to ("
                            + internalPackage(expected.group())
                            + "."
                            + expected.kind()
                            + "): unknown conversion";
        } else {
            return;
        }
        throw ApiException.badRequest(
                actual.kind()
                        + " in version \""
                        + actual.version()
                        + "\" cannot be handled as a "
                        + expected.kind()
                        + ": "
                        + why);
    }

    /** The Go package of a group's internal types. */
    private static String internalPackage(String group) {
        int dot = group.indexOf('.');
        return group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
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
                        "the body of the request was in an unknown format - accepted media types"
                                + " include: "
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
                            : "application/json, application/yaml,"
                                    + " application/vnd.kubernetes.protobuf");
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
