package dev.pilothouse.model.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes protobuf in and out, driven by the schema's field numbers. A body is four magic bytes
 * and a runtime.Unknown message that holds the kind and the object. Thread-safe. Source:
 * apimachinery runtime/serializer/protobuf.
 */
public final class ProtobufCodec {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int TYPE_META = 1;
    private static final int RAW = 2;
    private static final int CONTENT_ENCODING = 3;
    private static final int CONTENT_TYPE = 4;

    /**
     * How many levels of depth a body inside a body counts for: it takes far more stack than a
     * message, and nothing real nests more than one.
     */
    private static final int NESTED_BODY_COST = 50;

    private final MessagePlans plans;

    /** A codec for the kinds of that schema. */
    public ProtobufCodec(Schema schema) {
        this.plans = new MessagePlans(schema);
    }

    /** Whether a body begins with the magic bytes. */
    public static boolean isProtobuf(byte[] body) {
        return body.length >= MAGIC.length
                && Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Whether objects of that kind have a protobuf form; those of custom resources have none. */
    public boolean canEncode(GroupVersionKind kind) {
        return plans.of(kind) != null;
    }

    /**
     * Reads a body.
     *
     * @throws ApiException 400 when it is malformed or of an unknown kind
     */
    public ObjectNode decode(byte[] body) {
        if (!isProtobuf(body)) {
            throw ApiException.badRequest(
                    "provided data does not appear to be a protobuf message, expected prefix"
                            + " [107 56 115 0]");
        }
        try {
            return decode(Envelope.read(CodedInputStream.newInstance(body, 4, body.length - 4)), 0);
        } catch (IOException e) {
            throw ApiException.badRequest("error decoding protobuf: " + e.getMessage());
        } catch (BodySyntaxException e) {
            throw ApiException.badRequest(e.text());
        }
    }

    /** Reads an object nested in another one; {@code depth} counts the levels. */
    ObjectNode decodeNested(ByteString body, int depth) throws IOException {
        return decode(
                Envelope.read(body.substring(MAGIC.length).newCodedInput()),
                depth + NESTED_BODY_COST);
    }

    private ObjectNode decode(Envelope envelope, int depth) throws IOException {
        if (!envelope.encoding().isEmpty()) {
            throw new BodySyntaxException(
                    "unsupported content encoding \"" + envelope.encoding() + "\"");
        }
        ObjectNode object = Json.object();
        envelope.putType(object);
        switch (envelope.contentType()) {
            case "", "application/vnd.kubernetes.protobuf" -> {
                MessagePlan plan = plans.of(envelope.kind());
                if (envelope.kindName().isEmpty()) {
                    throw new BodySyntaxException("Object 'Kind' is missing in protobuf body");
                }
                if (plan == null) {
                    throw new BodySyntaxException(
                            "no kind \""
                                    + envelope.kindName()
                                    + "\" is registered for version \""
                                    + envelope.apiVersion()
                                    + "\"");
                }
                new ProtobufReader(this, plans)
                        .message(envelope.raw().newCodedInput(), plan, object, depth);
            }
            case "application/json" -> {
                JsonNode json = JsonReader.read(envelope.raw().toByteArray(), depth).value();
                if (!(json instanceof ObjectNode fields)) {
                    throw new BodySyntaxException("JSON in the protobuf envelope is no object");
                }
                object.setAll(fields);
            }
            default ->
                    throw new BodySyntaxException(
                            "unsupported content type \"" + envelope.contentType() + "\"");
        }
        return object;
    }

    /**
     * Writes an object with its envelope; the type follows from its apiVersion and kind.
     *
     * @throws ApiException 406 when its kind has no protobuf form
     */
    public byte[] encode(ObjectNode object) {
        String apiVersion = Json.text(object, "apiVersion");
        String kind = Json.text(object, "kind");
        MessagePlan plan = plans.of(GroupVersionKind.of(apiVersion, kind));
        if (plan == null) {
            throw notAcceptable(apiVersion, kind);
        }
        BackwardBuffer out = new BackwardBuffer(1024);
        out.string(CONTENT_TYPE, "");
        out.string(CONTENT_ENCODING, "");
        int raw = out.length();
        try {
            new ProtobufWriter(out, plans).message(object, plan);
        } catch (BodySyntaxException e) {
            throw ApiException.internal("cannot encode " + kind + " as protobuf: " + e.text(), e);
        }
        out.delimited(RAW, out.length() - raw);
        int type = out.length();
        out.string(2, kind);
        out.string(1, apiVersion);
        out.delimited(TYPE_META, out.length() - type);
        out.raw(MAGIC);
        return out.toByteArray();
    }

    private static ApiException notAcceptable(String apiVersion, String kind) {
        return new ApiException(
                Status.failure(
                        StatusReason.NOT_ACCEPTABLE,
                        "object of kind "
                                + GroupVersionKind.of(apiVersion, kind)
                                + " has no protobuf form; only the following media types are"
                                + " accepted: application/json, application/yaml",
                        null));
    }

    /**
     * Writes one event of a protobuf watch: its length in four bytes, highest first, and a meta/v1
     * WatchEvent whose object is a whole body as {@link #encode} writes it.
     *
     * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
     * @throws ApiException 406 when the object's kind has no protobuf form
     */
    public byte[] encodeWatchEvent(String type, ObjectNode object) {
        byte[] body = encode(object);
        BackwardBuffer out = new BackwardBuffer(body.length + 64);
        out.bytes(1, body);
        out.delimited(2, out.length());
        out.string(1, type);
        int length = out.length();
        out.raw(
                new byte[] {
                    (byte) (length >>> 24),
                    (byte) (length >>> 16),
                    (byte) (length >>> 8),
                    (byte) length
                });
        return out.toByteArray();
    }

    /** The fields of runtime.Unknown. */
    private record Envelope(
            String apiVersion,
            String kindName,
            ByteString raw,
            String encoding,
            String contentType) {

        static Envelope read(CodedInputStream in) throws IOException {
            String[] type = {"", ""};
            ByteString raw = ByteString.EMPTY;
            String encoding = "";
            String contentType = "";
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    in.skipField(tag);
                    continue;
                }
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case TYPE_META -> readType(in.readBytes(), type);
                    case RAW -> raw = in.readBytes();
                    case CONTENT_ENCODING -> encoding = in.readString();
                    case CONTENT_TYPE -> contentType = in.readString();
                    default -> in.skipField(tag);
                }
            }
            return new Envelope(type[0], type[1], raw, encoding, contentType);
        }

        private static void readType(ByteString meta, String[] type) throws IOException {
            CodedInputStream in = meta.newCodedInput();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int number = WireFormat.getTagFieldNumber(tag);
                if ((number == 1 || number == 2)
                        && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    type[number - 1] = in.readBytes().toString(StandardCharsets.UTF_8);
                } else {
                    in.skipField(tag);
                }
            }
        }

        GroupVersionKind kind() {
            return GroupVersionKind.of(apiVersion, kindName);
        }

        void putType(ObjectNode object) {
            if (!kindName.isEmpty()) {
                object.put("kind", kindName);
            }
            if (!apiVersion.isEmpty()) {
                object.put("apiVersion", apiVersion);
            }
        }
    }
}
