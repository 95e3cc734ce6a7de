package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.server.endpoints.resource.Output.Transform;
import dev.pilothouse.server.request.EventSource.Frame;
import dev.pilothouse.server.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Encodes watch events in the form that was negotiated for one watch. */
final class FrameEncoder {

    private static final byte[] NOTHING = {};
    private static final byte[] TAIL = bytes("}\n");
    private static final byte[] ADDED = head("ADDED");
    private static final byte[] MODIFIED = head("MODIFIED");
    private static final byte[] DELETED = head("DELETED");
    private static final byte[] BOOKMARK = head("BOOKMARK");
    private static final byte[] ERROR = head("ERROR");

    private final ResourceCall call;
    private final Output output;
    private final ObjectEncoder encoder;
    private final boolean plain;
    private final SharedFrames.@Nullable Ring shared;

    FrameEncoder(ResourceCall call, Output output, ObjectEncoder encoder, SharedFrames frames) {
        this.call = call;
        this.output = output;
        this.encoder = encoder;
        this.plain = output.isPlainJson() && !call.kind().needsConversion();
        this.shared =
                plain || output.transform() == Transform.TABLE
                        ? null
                        : frames.ring(call.kind(), output);
    }

    /** An event about a stored object; in plain JSON its bytes go out as they are. */
    Frame event(String type, StoredObject object) {
        if (plain) {
            return new Frame(headOf(type), object.json(), TAIL);
        }
        return shared == null
                ? encoded(type, object)
                : shared.get(type, object, () -> encoded(type, object));
    }

    private Frame encoded(String type, StoredObject object) {
        return tree(type, encoder.tree(call.kind(), output, object));
    }

    /** An event about an object in its stored version. */
    Frame event(String type, ObjectNode stored) {
        boolean asIs = ObjectEncoder.staysStored(call.kind(), output);
        return tree(type, asIs ? stored : encoder.conversions().toServed(call.kind(), stored));
    }

    /**
     * Says that all events up to a revision have been sent, and on the first also that the present
     * state is complete.
     */
    Frame bookmark(long revision, boolean endsInitialEvents) {
        ObjectNode object = Json.object();
        object.put("kind", call.kind().gvk().kind());
        object.put("apiVersion", call.kind().gvk().apiVersion());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision));
        if (endsInitialEvents) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        if (output.transform() == Transform.TABLE) {
            ObjectNode table = encoder.table(call, output, List.of(object), metadata);
            return encode("BOOKMARK", table);
        }
        return tree("BOOKMARK", object);
    }

    /** The last event of a watch that cannot go on. */
    Frame error(Status status) {
        return encode("ERROR", status.toJson());
    }

    private Frame tree(String type, ObjectNode served) {
        return encode(type, encoder.shape(call, output, served));
    }

    private Frame encode(String type, ObjectNode object) {
        return output.format() == ContentFormat.PROTOBUF
                ? new Frame(NOTHING, encoder.protobufEvent(type, object), NOTHING)
                : new Frame(headOf(type), Json.bytes(object), TAIL);
    }

    private static byte[] headOf(String type) {
        return switch (type) {
            case "ADDED" -> ADDED;
            case "MODIFIED" -> MODIFIED;
            case "DELETED" -> DELETED;
            case "BOOKMARK" -> BOOKMARK;
            default -> ERROR;
        };
    }

    private static byte[] head(String type) {
        return bytes("{\"type\":\"" + type + "\",\"object\":");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
