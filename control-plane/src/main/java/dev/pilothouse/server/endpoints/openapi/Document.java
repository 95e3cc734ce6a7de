package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.json.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A finished OpenAPI document, held compressed. Immutable and thread-safe. */
public final class Document {

    private final String hash;
    private final Packed json;
    private final Function<JsonNode, byte[]> encoder;
    private volatile @Nullable Packed protobuf;

    private Document(String hash, Packed json, Function<JsonNode, byte[]> encoder) {
        this.hash = hash;
        this.json = json;
        this.encoder = encoder;
    }

    static Document of(JsonNode tree, Function<JsonNode, byte[]> encoder) {
        byte[] bytes = Json.bytes(tree);
        return new Document(sha512(bytes), Packed.of(bytes), encoder);
    }

    /** SHA-512 of the JSON form in upper case hexadecimal: the same for the same API in any run. */
    public String hash() {
        return hash;
    }

    /** The JSON form. */
    public byte[] json() {
        return json.unpack();
    }

    /** The gnostic protobuf form, made when first asked for. */
    public byte[] protobuf() {
        Packed packed = protobuf;
        if (packed == null) {
            packed = Packed.of(encoder.apply(Json.parse(json())));
            protobuf = packed;
        }
        return packed.unpack();
    }

    static String sha512(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}
