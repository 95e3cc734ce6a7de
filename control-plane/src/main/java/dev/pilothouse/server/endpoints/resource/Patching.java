package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.Decoded;
import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.patch.JsonPatch;
import dev.pilothouse.model.patch.MergePatch;
import dev.pilothouse.model.patch.ServerSideApply;
import dev.pilothouse.model.patch.StrategicMergePatch;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.request.ApiRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A parsed patch that can be applied to objects of one kind. */
final class Patching {

    private final PatchType patchType;
    private final JsonNode patch;
    private final List<String> duplicates;
    private final GroupVersionKind kind;
    private final TypeSchema schema;
    private final ObjectConformer conformer;
    private final WriteOptions options;
    private final WriteContext context;

    private Patching(
            PatchType patchType,
            JsonNode patch,
            List<String> duplicates,
            GroupVersionKind kind,
            TypeSchema schema,
            ObjectConformer conformer,
            WriteOptions options,
            WriteContext context) {
        this.patchType = patchType;
        this.patch = patch;
        this.duplicates = duplicates;
        this.kind = kind;
        this.schema = schema;
        this.conformer = conformer;
        this.options = options;
        this.context = context;
    }

    /**
     * Parses a patch.
     *
     * @throws ApiException 400 when it cannot be read
     */
    static Patching parse(
            PatchType type,
            ResourceCall call,
            ObjectPart part,
            WriteOptions options,
            WriteContext context) {
        ResourceKind kind = call.kind();
        Patching patching =
                parse(
                        type,
                        call.request(),
                        kind.gvk(),
                        kind.type(),
                        call.shape(),
                        options,
                        context);
        if (type == PatchType.APPLY && patching.patch instanceof ObjectNode applied) {
            part.reset(applied, call.strategy());
        }
        return patching;
    }

    /** Parses a patch to objects of a kind that is not a resource's own. */
    static Patching parse(
            PatchType type,
            ApiRequest request,
            GroupVersionKind kind,
            TypeSchema schema,
            WriteOptions options,
            WriteContext context) {
        ObjectConformer conformer = object -> ObjectDecoder.conform(object, schema);
        return parse(type, request, kind, schema, conformer, options, context);
    }

    private static Patching parse(
            PatchType type,
            ApiRequest request,
            GroupVersionKind kind,
            TypeSchema schema,
            ObjectConformer conformer,
            WriteOptions options,
            WriteContext context) {
        if (type == PatchType.JSON) {
            return new Patching(
                    type,
                    operations(request.body()),
                    List.of(),
                    kind,
                    schema,
                    conformer,
                    options,
                    context);
        }
        Decoded decoded =
                type == PatchType.APPLY
                        ? ObjectDecoder.decodeYaml(request.body())
                        : ObjectDecoder.decodeJson(request.body());
        ObjectNode object = decoded.object();
        if (type == PatchType.APPLY) {
            BodyDecoder.fillType(object, kind);
            BodyDecoder.conform(
                    object,
                    kind,
                    conformer,
                    decoded.strictErrors(),
                    options.validation(),
                    context.warnings());
        }
        return new Patching(
                type, object, decoded.strictErrors(), kind, schema, conformer, options, context);
    }

    PatchType type() {
        return patchType;
    }

    /** The object after the patch; {@code live} is left as it is. */
    ObjectNode apply(@Nullable ObjectNode live) {
        if (patchType == PatchType.APPLY) {
            return ServerSideApply.apply(
                            live,
                            (ObjectNode) patch,
                            schema,
                            context.fieldManager(),
                            options.force(),
                            context.subresource(),
                            context.now())
                    .object();
        }
        if (live == null) {
            throw new IllegalStateException("only apply patches create objects");
        }
        JsonNode patched =
                switch (patchType) {
                    case JSON -> JsonPatch.apply(live, patch);
                    case MERGE -> MergePatch.apply(live, patch);
                    case STRATEGIC -> StrategicMergePatch.apply(live, (ObjectNode) patch, schema);
                    case APPLY -> live;
                };
        if (!(patched instanceof ObjectNode object)) {
            throw ApiException.badRequest("the patched object is not an object");
        }
        return BodyDecoder.conform(
                object, kind, conformer, duplicates, options.validation(), context.warnings());
    }

    /** Whether the patch itself says at which revision the object must be. */
    boolean namesRevision() {
        return patchType != PatchType.JSON
                && !Json.text(patch, "metadata", "resourceVersion").isEmpty();
    }

    private static JsonNode operations(byte[] body) {
        try {
            JsonNode operations = Json.parse(body);
            if (operations.isArray()) {
                return operations;
            }
        } catch (JacksonException _) {
            // falls through to the answer below
        }
        throw ApiException.badRequest(
                "error decoding patch: a JSON patch is an array of operations");
    }
}
