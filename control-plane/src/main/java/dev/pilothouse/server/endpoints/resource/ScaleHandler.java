package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.registry.ObjectChange;
import dev.pilothouse.server.registry.ResourceStore.UpdateResult;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The scale subresource: replicas of a workload as an autoscaling/v1 Scale. */
final class ScaleHandler implements SubresourceHandler {

    private static final GroupVersionKind SCALE =
            new GroupVersionKind("autoscaling", "v1", "Scale");

    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;
    private final InstantSource clock;
    private final TypeSchema type;
    private final Function<ResourceKind, ScalePaths> paths;

    ScaleHandler(
            BodyDecoder decoder,
            ObjectEncoder encoder,
            InstantSource clock,
            Schema schema,
            Function<ResourceKind, ScalePaths> paths) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.clock = clock;
        this.type = Objects.requireNonNull(schema.typeOf(SCALE), "Scale");
        this.paths = paths;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        return switch (call.info().verb()) {
            case "get" -> {
                ObjectNode object =
                        encoder.served(
                                call.kind(), call.store().get(call.namespace(), call.name()));
                yield encoder.object(200, call, output, answer(call, object));
            }
            case "update" -> replace(call, output);
            case "patch" -> patch(call, output);
            default -> throw call.methodNotAllowed();
        };
    }

    private ApiResponse replace(ResourceCall call, Output output) {
        WriteOptions options = WriteOptions.parse(call.request(), "UpdateOptions");
        WriteContext context = options.context(call, clock);
        ObjectNode scale =
                decoder.decode(
                        call.request(), SCALE, type, options.validation(), context.warnings());
        UpdateHandler.checkName(call, scale);
        boolean insists = !Json.text(scale, "metadata", "resourceVersion").isEmpty();
        return change(call, output, context, insists, current -> scale);
    }

    private ApiResponse patch(ResourceCall call, Output output) {
        PatchType patchType = PatchType.of(call.request(), false);
        WriteOptions options = WriteOptions.parse(call.request(), "PatchOptions");
        PatchHandler.checkOptions(patchType, options, call.request().query().has("force"));
        WriteContext context = options.context(call, clock);
        Patching patching =
                Patching.parse(patchType, call.request(), SCALE, type, options, context);
        return change(call, output, context, patching.namesRevision(), patching::apply);
    }

    private ApiResponse change(
            ResourceCall call,
            Output output,
            WriteContext context,
            boolean insists,
            Function<ObjectNode, ObjectNode> change) {
        UpdateResult result =
                call.store()
                        .update(
                                call.namespace(),
                                call.name(),
                                new ReplicaChange(call, insists, change),
                                context);
        ObjectNode object = encoder.served(call.kind(), result.object());
        return ObjectEncoder.withWarnings(
                encoder.object(200, call, output, answer(call, object)), context.warnings());
    }

    /**
     * The Scale of an object as it goes out. Who asks in the API document's form, a patch without a
     * content type, is answered in that form, with status.readyReplicas; Kubernetes has no such
     * field, and strict clients refuse it.
     */
    private ObjectNode answer(ResourceCall call, ObjectNode object) {
        ObjectNode scale = scale(call, object);
        if (call.info().verb().equals("patch") && BodyDecoder.mediaType(call.request()).isEmpty()) {
            Json.child(scale, "status")
                    .put("readyReplicas", Json.number(object, 0, "status", "readyReplicas"));
        }
        return scale;
    }

    /** The Scale of an object. */
    private ObjectNode scale(ResourceCall call, ObjectNode object) {
        ScalePaths where = paths.apply(call.kind());
        ObjectNode scale = Json.object();
        scale.put("kind", SCALE.kind());
        scale.put("apiVersion", SCALE.apiVersion());
        ObjectNode metadata = scale.putObject("metadata");
        for (String field :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            String value = Json.text(object, "metadata", field);
            if (!value.isEmpty()) {
                metadata.put(field, value);
            }
        }
        scale.putObject("spec")
                .put("replicas", Json.number(object, 0, split(where.specReplicas())));
        ObjectNode status = scale.putObject("status");
        status.put("replicas", Json.number(object, 0, split(where.statusReplicas())));
        String selector = selector(object, where);
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    private static String selector(ObjectNode object, ScalePaths where) {
        JsonNode selector =
                where.selector().isEmpty() ? null : Json.at(object, split(where.selector()));
        if (selector == null) {
            return "";
        }
        if (selector.isString()) {
            return selector.stringValue();
        }
        boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
        return (structured
                        ? LabelSelector.fromJson(selector)
                        : LabelSelector.ofMap(Json.stringMap(selector)))
                .format();
    }

    private static String[] split(String path) {
        return path.split("\\.");
    }

    private final class ReplicaChange implements ObjectChange {

        private final ResourceCall call;
        private final boolean insists;
        private final Function<ObjectNode, ObjectNode> change;

        ReplicaChange(ResourceCall call, boolean insists, Function<ObjectNode, ObjectNode> change) {
            this.call = call;
            this.insists = insists;
            this.change = change;
        }

        @Override
        public ObjectNode apply(@Nullable ObjectNode current) {
            ObjectNode object = Objects.requireNonNull(current).deepCopy();
            ObjectNode scale = change.apply(scale(call, object));
            long replicas = Json.number(scale, 0, "spec", "replicas");
            FieldErrors errors = new FieldErrors();
            if (replicas < 0) {
                errors.invalid(
                        FieldPath.of("spec").child("replicas"),
                        replicas,
                        "must be greater than or equal to 0");
            }
            errors.throwIfAny(SCALE, call.name());
            String revision = Json.text(scale, "metadata", "resourceVersion");
            if (!revision.isEmpty()) {
                Json.child(object, "metadata").put("resourceVersion", revision);
            }
            set(object, split(paths.apply(call.kind()).specReplicas()), replicas);
            return object;
        }

        @Override
        public boolean insistsOnRevision() {
            return insists;
        }
    }

    private static void set(ObjectNode object, String[] path, long value) {
        ObjectNode parent = object;
        for (int i = 0; i < path.length - 1; i++) {
            parent = Json.child(parent, path[i]);
        }
        parent.put(path[path.length - 1], value);
    }
}
