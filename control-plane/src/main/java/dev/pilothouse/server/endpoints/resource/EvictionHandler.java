package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.server.endpoints.resource.DisruptionBudgets.Grant;
import dev.pilothouse.server.endpoints.resource.WriteOptions.FieldValidation;
import dev.pilothouse.server.registry.DeleteOptions;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes a pod if its disruption budget allows. Source: pkg/registry/core/pod/storage/eviction.go.
 */
final class EvictionHandler implements SubresourceHandler {

    private static final GroupVersionKind EVICTION =
            new GroupVersionKind("policy", "v1", "Eviction");

    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;
    private final InstantSource clock;
    private final TypeSchema type;
    private final DisruptionBudgets budgets;

    EvictionHandler(
            BodyDecoder decoder,
            ObjectEncoder encoder,
            InstantSource clock,
            Schema schema,
            DisruptionBudgets budgets) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.clock = clock;
        this.type = Objects.requireNonNull(schema.typeOf(EVICTION), "Eviction");
        this.budgets = budgets;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        Output output = Output.negotiate(call.request(), call.kind(), false);
        ObjectNode eviction = decode(call);
        String name = Json.text(eviction, "metadata", "name");
        if (!name.isEmpty() && !name.equals(call.name())) {
            throw ApiException.badRequest("name in URL does not match name in Eviction object");
        }
        ObjectNode json = Json.objectAt(eviction, "deleteOptions");
        DeleteOptions options = json == null ? DeleteOptions.DEFAULT : DeleteOptions.fromJson(json);
        boolean dryRun =
                WriteOptions.dryRun(call.request())
                        || (json != null && json.path("dryRun").toString().contains("All"));
        WriteContext context = WriteOptions.context(call, clock, dryRun, "");
        evict(call, options, context);
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success").put("code", 201);
        return encoder.node(201, output, status);
    }

    private void evict(ResourceCall call, DeleteOptions options, WriteContext context) {
        ObjectNode pod = Json.parseObject(call.store().get(call.namespace(), call.name()).json());
        boolean asItIs =
                budgets.claim(pod, context) == Grant.GRANTED_AS_IT_IS
                        && options.resourceVersion().isEmpty();
        String required =
                asItIs ? Json.text(pod, "metadata", "resourceVersion") : options.resourceVersion();
        String marked = required;
        try {
            if (!context.dryRun()) {
                marked = mark(call, options, required, context);
            }
            call.store()
                    .delete(
                            call.namespace(),
                            call.name(),
                            options.withResourceVersion(required.isEmpty() ? "" : marked),
                            context.forSubresource(""));
        } catch (ApiException e) {
            if (asItIs && e.reason() == StatusReason.CONFLICT) {
                throw DisruptionBudgets.tryAgain(budgets.names(pod));
            }
            throw e;
        }
    }

    /** Says on the pod why it goes, and returns its revision after that. */
    private static String mark(
            ResourceCall call, DeleteOptions options, String required, WriteContext context) {
        ObjectNode marked =
                Json.parseObject(
                        call.store()
                                .update(
                                        call.namespace(),
                                        call.name(),
                                        new DisruptionMark(
                                                call.kind().groupResource(),
                                                call.name(),
                                                options.uid(),
                                                required,
                                                context.now()),
                                        context.forSubresource("status"))
                                .object()
                                .json());
        return Json.text(marked, "metadata", "resourceVersion");
    }

    /** Decodes the eviction; clients of old send policy/v1beta1, which has the same fields. */
    private ObjectNode decode(ResourceCall call) {
        ObjectNode eviction = decoder.parse(call.request(), false).object();
        if (Json.text(eviction, "apiVersion").equals("policy/v1beta1")) {
            eviction.put("apiVersion", EVICTION.apiVersion());
        }
        BodyDecoder.fillType(eviction, EVICTION);
        return BodyDecoder.conform(
                eviction,
                EVICTION,
                body -> ObjectDecoder.conform(body, type),
                List.of(),
                FieldValidation.IGNORE,
                new ArrayList<>());
    }
}
