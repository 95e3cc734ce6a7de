package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
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
        ObjectNode pod = Json.parseObject(call.store().get(call.namespace(), call.name()).json());
        budgets.claim(pod, context);
        call.store().delete(call.namespace(), call.name(), options, context.forSubresource(""));
        Status status = Status.success(new Details("", "", "", "", List.of(), 0));
        return encoder.node(201, output, status.toJson());
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
