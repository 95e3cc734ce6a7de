package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.server.registry.ObjectChange;
import dev.pilothouse.server.registry.ResourceStore.UpdateResult;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Patches objects, or one part of them, in all four ways. */
final class PatchHandler implements VerbHandler {

    private static final GroupVersionKind PATCH_OPTIONS =
            new GroupVersionKind("meta.k8s.io", "v1", "PatchOptions");

    private final ObjectEncoder encoder;
    private final InstantSource clock;
    private final ObjectPart part;

    /** Patches this part of objects. */
    PatchHandler(ObjectEncoder encoder, InstantSource clock, ObjectPart part) {
        this.encoder = encoder;
        this.clock = clock;
        this.part = part;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        PatchType type = PatchType.of(call.request(), call.kind().custom());
        WriteOptions options = WriteOptions.parse(call.request(), "PatchOptions");
        checkOptions(type, options, call.request().query().has("force"));
        WriteContext context = options.context(call, clock);
        Patching patching = Patching.parse(type, call, part, options, context);
        UpdateResult result =
                call.store()
                        .update(call.namespace(), call.name(), new Change(call, patching), context);
        return ObjectEncoder.withWarnings(
                encoder.object(result.created() ? 201 : 200, call, output, result.object()),
                context.warnings());
    }

    /** Checks the options that depend on the patch's type. */
    static void checkOptions(PatchType type, WriteOptions options, boolean forceGiven) {
        FieldErrors errors = new FieldErrors();
        if (type == PatchType.APPLY) {
            if (options.fieldManager().isEmpty()) {
                errors.required(FieldPath.of("fieldManager"), "is required for apply patch");
            }
        } else if (forceGiven) {
            errors.forbidden(FieldPath.of("force"), "may not be specified for non-apply patch");
        }
        errors.throwIfAny(PATCH_OPTIONS, "");
    }

    private final class Change implements ObjectChange {

        private final ResourceCall call;
        private final Patching patching;

        Change(ResourceCall call, Patching patching) {
            this.call = call;
            this.patching = patching;
        }

        @Override
        public ObjectNode apply(@Nullable ObjectNode current) {
            ObjectNode live =
                    current == null
                            ? null
                            : encoder.conversions().toServed(call.kind(), current.deepCopy());
            ObjectNode patched = patching.apply(live);
            checkSameObject(patched);
            ObjectNode stored = encoder.conversions().toStored(call.kind(), patched);
            call.strategy().setDefaults(stored);
            return stored;
        }

        private void checkSameObject(ObjectNode patched) {
            GroupVersionKind kind = call.kind().gvk();
            if (!Json.text(patched, "kind").equals(kind.kind())
                    || !Json.text(patched, "apiVersion").equals(kind.apiVersion())) {
                throw ApiException.badRequest(
                        "the patch changes the type of the object from "
                                + kind
                                + " to "
                                + Json.text(patched, "apiVersion")
                                + ", Kind="
                                + Json.text(patched, "kind"));
            }
            UpdateHandler.checkName(call, patched);
        }

        @Override
        public Part part() {
            return part.rules();
        }

        @Override
        public ResourceStrategy strategy() {
            return part.strategy();
        }

        @Override
        public boolean insistsOnRevision() {
            return patching.namesRevision();
        }

        @Override
        public boolean mayCreate() {
            return patching.type() == PatchType.APPLY && part.rules() == Part.MAIN;
        }

        @Override
        public boolean ownsFields() {
            return patching.type() == PatchType.APPLY;
        }
    }
}
