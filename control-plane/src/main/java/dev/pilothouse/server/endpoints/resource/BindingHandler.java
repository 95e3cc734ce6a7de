package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import dev.pilothouse.server.registry.ObjectChange;
import dev.pilothouse.server.registry.ResourceStore;
import dev.pilothouse.server.registry.ResourceStores;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a pod on a node: what schedulers post. Source: pkg/registry/core/pod/storage BindingREST.
 */
final class BindingHandler implements SubresourceHandler, VerbHandler {

    private static final GroupVersionKind BINDING = new GroupVersionKind("", "v1", "Binding");
    private static final GroupResource POD_BINDING = new GroupResource("", "pods/binding");
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    private final BodyDecoder decoder;
    private final ObjectEncoder encoder;
    private final InstantSource clock;
    private final TypeSchema type;
    private final ResourceKind podKind;
    private final ResourceStore pods;

    BindingHandler(
            BodyDecoder decoder,
            ObjectEncoder encoder,
            InstantSource clock,
            Schema schema,
            Scheme scheme,
            ResourceStores stores) {
        this.decoder = decoder;
        this.encoder = encoder;
        this.clock = clock;
        this.type = Objects.requireNonNull(schema.typeOf(BINDING), "Binding");
        this.podKind = Objects.requireNonNull(scheme.byResource(PODS), "pods");
        this.pods = stores.of(podKind);
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        if (!call.info().verb().equals("create")) {
            throw call.methodNotAllowed();
        }
        Output output = Output.negotiate(call.request(), call.kind(), false);
        WriteOptions options = WriteOptions.parse(call.request(), "CreateOptions");
        WriteContext context =
                options.context(call, clock).forKind(podKind).forSubresource("binding");
        ObjectNode binding =
                decoder.decode(
                        call.request(), BINDING, type, options.validation(), context.warnings());
        String pod = call.name().isEmpty() ? Json.text(binding, "metadata", "name") : call.name();
        String node = validTarget(binding, pod);
        pods.update(call.namespace(), pod, new Bind(pod, node, binding), context);
        Status status = Status.success(new Details("", "", "", "", List.of(), 0));
        return encoder.node(201, output, status.toJson());
    }

    private static String validTarget(ObjectNode binding, String pod) {
        FieldErrors errors = new FieldErrors();
        FieldPath target = FieldPath.of("target");
        String kind = Json.text(binding, "target", "kind");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            errors.notSupported(target.child("kind"), kind, List.of("Node", "<empty>"));
        }
        String node = Json.text(binding, "target", "name");
        if (node.isEmpty()) {
            errors.required(target.child("name"), "");
        }
        errors.throwIfAny(BINDING, pod);
        return node;
    }

    private final class Bind implements ObjectChange {

        private final String pod;
        private final String node;
        private final ObjectNode binding;

        Bind(String pod, String node, ObjectNode binding) {
            this.pod = pod;
            this.node = node;
            this.binding = binding;
        }

        @Override
        public ObjectNode apply(@Nullable ObjectNode current) {
            ObjectNode object = Objects.requireNonNull(current).deepCopy();
            checkBindable(object);
            Json.child(object, "spec").put("nodeName", node);
            Json.stringMap(binding, "metadata", "annotations")
                    .forEach((key, value) ->
                            Json.child(Json.child(object, "metadata"), "annotations")
                                    .put(key, value));
            markScheduled(Json.child(object, "status"));
            return object;
        }

        private void checkBindable(ObjectNode object) {
            String uid = Json.text(binding, "metadata", "uid");
            if (!uid.isEmpty() && !uid.equals(Json.text(object, "metadata", "uid"))) {
                throw ApiException.conflict(
                        POD_BINDING,
                        pod,
                        "Precondition failed: UID in precondition: "
                                + uid
                                + ", UID in object meta: "
                                + Json.text(object, "metadata", "uid"));
            }
            if (Json.at(object, "metadata", "deletionTimestamp") != null) {
                throw ApiException.conflict(
                        POD_BINDING,
                        pod,
                        "pod " + pod + " is being deleted, cannot be assigned to a host");
            }
            String assigned = Json.text(object, "spec", "nodeName");
            if (!assigned.isEmpty()) {
                throw ApiException.conflict(
                        POD_BINDING,
                        pod,
                        "pod " + pod + " is already assigned to node \"" + assigned + "\"");
            }
            ArrayNode gates = Json.arrayAt(object, "spec", "schedulingGates");
            if (gates != null && !gates.isEmpty()) {
                throw ApiException.conflict(
                        POD_BINDING, pod, "pod " + pod + " has non-empty .spec.schedulingGates");
            }
        }

        private void markScheduled(ObjectNode status) {
            ArrayNode conditions =
                    status.get("conditions") instanceof ArrayNode array
                            ? array
                            : status.putArray("conditions");
            for (int i = 0; i < conditions.size(); i++) {
                if (Json.text(conditions.get(i), "type").equals("PodScheduled")) {
                    conditions.remove(i);
                    break;
                }
            }
            ObjectNode condition = conditions.addObject();
            condition.put("type", "PodScheduled");
            condition.put("status", "True");
            condition.put(
                    "lastTransitionTime",
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        }

        @Override
        public Part part() {
            return Part.OTHER;
        }
    }
}
