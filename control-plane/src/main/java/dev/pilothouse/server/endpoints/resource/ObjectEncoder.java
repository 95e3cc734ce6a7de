package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.Conversions;
import dev.pilothouse.server.registry.printers.Tables;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.storage.StoredObject;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Encodes answers in the form that was negotiated. Thread-safe. */
final class ObjectEncoder {

    private final ProtobufCodec protobuf;
    private final Conversions conversions;
    private final TableEncoder tables;
    private final InstantSource clock;

    /**
     * An encoder.
     *
     * @param protobuf for protobuf answers
     * @param conversions from stored to served versions
     * @param tables makes tables
     * @param clock for ages in tables
     */
    ObjectEncoder(
            ProtobufCodec protobuf,
            Conversions conversions,
            TableEncoder tables,
            InstantSource clock) {
        this.protobuf = protobuf;
        this.conversions = conversions;
        this.tables = tables;
        this.clock = clock;
    }

    /** Answers with a stored object. */
    ApiResponse object(int status, ResourceCall call, Output output, StoredObject stored) {
        ResourceKind kind = call.kind();
        if (output.isPlainJson() && !kind.needsConversion()) {
            return ApiResponse.Body.of(status, ContentFormat.JSON.mediaType(), stored.json());
        }
        return node(status, output, shape(call, output, tree(kind, output, stored)));
    }

    /** Answers with an object that is not stored, or not as it is. */
    ApiResponse object(int status, ResourceCall call, Output output, ObjectNode object) {
        return node(status, output, shape(call, output, object));
    }

    /** Answers with a finished object. */
    ApiResponse node(int status, Output output, ObjectNode node) {
        return ApiResponse.Body.of(status, contentType(output), bytes(output, node));
    }

    /** A stored object as a tree in its served version. */
    ObjectNode served(ResourceKind kind, StoredObject stored) {
        return conversions.toServed(kind, Json.parseObject(stored.json()));
    }

    /**
     * A stored object as a tree that {@link #shape} takes: tables are made of the stored version.
     */
    ObjectNode tree(ResourceKind kind, Output output, StoredObject stored) {
        ObjectNode object = Json.parseObject(stored.json());
        return staysStored(kind, output) ? object : conversions.toServed(kind, object);
    }

    /** Stored objects as {@link #tree} gives them, converted together. */
    List<ObjectNode> trees(ResourceKind kind, Output output, List<StoredObject> stored) {
        List<ObjectNode> objects =
                stored.stream().map(object -> Json.parseObject(object.json())).toList();
        return staysStored(kind, output) ? objects : conversions.toServed(kind, objects);
    }

    /** Printers of built-in kinds expect the stored version; each custom version has its own. */
    static boolean staysStored(ResourceKind kind, Output output) {
        return output.transform() == Output.Transform.TABLE && !kind.custom();
    }

    /** The object, or the table or partial object made of it. */
    ObjectNode shape(ResourceCall call, Output output, ObjectNode object) {
        return switch (output.transform()) {
            case NONE -> object;
            case TABLE -> table(call, output, List.of(object), Tables.listMetaOf(object));
            case PARTIAL -> Tables.partialMetadata(output.version(), object);
        };
    }

    /** A table of objects. */
    ObjectNode table(
            ResourceCall call, Output output, List<ObjectNode> objects, ObjectNode listMeta) {
        return tables.table(call, output.version(), objects, listMeta, clock.instant());
    }

    byte[] bytes(Output output, ObjectNode node) {
        return switch (output.format()) {
            case JSON -> output.pretty() ? JsonText.pretty(node) : Json.bytes(node);
            case YAML -> YamlWriter.write(node);
            case PROTOBUF -> protobuf.encode(node);
        };
    }

    byte[] protobufEvent(String type, ObjectNode object) {
        return protobuf.encodeWatchEvent(type, object);
    }

    Conversions conversions() {
        return conversions;
    }

    static String contentType(Output output) {
        return output.format().mediaType()
                + switch (output.transform()) {
                    case NONE -> "";
                    case TABLE -> ";as=Table;v=" + output.version() + ";g=meta.k8s.io";
                    case PARTIAL ->
                            ";as=PartialObjectMetadata;v=" + output.version() + ";g=meta.k8s.io";
                };
    }

    static ApiResponse withWarnings(ApiResponse response, List<String> warnings) {
        ApiResponse result = response;
        for (String warning : warnings.stream().distinct().toList()) {
            result = result.withHeader("Warning", Warnings.header(warning));
        }
        return result;
    }
}
