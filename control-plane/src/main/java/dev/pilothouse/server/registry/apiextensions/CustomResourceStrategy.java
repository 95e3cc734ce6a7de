package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.schema.structural.Defaulting;
import dev.pilothouse.model.schema.structural.Pruning;
import dev.pilothouse.model.schema.structural.SchemaError;
import dev.pilothouse.model.schema.structural.SchemaValidation;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of the objects of a custom resource, by the schema of the version in which they are
 * written. Source: apiextensions-apiserver pkg/registry/customresource/strategy.go.
 */
final class CustomResourceStrategy implements ResourceStrategy {

    private static final Set<String> TYPE = Set.of("apiVersion", "kind");
    private static final Set<SchemaError.Reason> BLOCKING =
            Set.of(
                    SchemaError.Reason.UNSUPPORTED,
                    SchemaError.Reason.REQUIRED,
                    SchemaError.Reason.TOO_LONG,
                    SchemaError.Reason.TOO_MANY,
                    SchemaError.Reason.WRONG_TYPE);

    private final CustomResourceVersion version;
    private final Map<String, CustomResourceVersion> versions;
    private final boolean terminating;

    /**
     * Rules of one version.
     *
     * @param version the version
     * @param versions all versions by name
     * @param terminating whether the definition is going away, so that nothing is created
     */
    CustomResourceStrategy(
            CustomResourceVersion version,
            Map<String, CustomResourceVersion> versions,
            boolean terminating) {
        this.version = version;
        this.versions = versions;
        this.terminating = terminating;
    }

    @Override
    public ResourceStrategy servedAs(ResourceKind served) {
        CustomResourceVersion other = versions.get(served.resource().version());
        return other == null ? this : new CustomResourceStrategy(other, versions, terminating);
    }

    /** Values of a wrong type are left for validation, which answers 422 and names the field. */
    @Override
    public List<String> conform(ObjectNode object, TypeSchema type) {
        List<String> problems = new ArrayList<>(ObjectDecoder.conform(object, version.metadata()));
        for (String path : Pruning.prune(object, version.schema())) {
            problems.add("unknown field \"" + path + "\"");
        }
        return problems;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaulting.apply(object, version.schema());
    }

    @Override
    public void prepareForCreate(ObjectNode object, StrategyContext context) {
        if (terminating) {
            throw new ApiException(
                    Status.failure(
                            StatusReason.METHOD_NOT_ALLOWED,
                            "create not allowed while custom resource definition is terminating",
                            null));
        }
        if (version.hasStatus()) {
            object.remove("status");
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old, StrategyContext context) {
        if (version.hasStatus()) {
            ResourceStrategy.keep("status", object, old);
        } else if (!same(object.get("status"), old.get("status"))) {
            // Without the subresource the status is a field like any other.
            Json.child(object, "metadata")
                    .put("generation", Json.number(old, 0, "metadata", "generation") + 1);
        }
    }

    /** Nothing but the status changes, apart from the record of who owns which fields. */
    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old, StrategyContext context) {
        JsonNode status = object.get("status");
        JsonNode owners = Json.at(object, "metadata", "managedFields");
        for (String name : List.copyOf(object.propertyNames())) {
            if (!TYPE.contains(name)) {
                object.remove(name);
            }
        }
        for (Map.Entry<String, JsonNode> entry : old.properties()) {
            if (!TYPE.contains(entry.getKey()) && !entry.getKey().equals("status")) {
                object.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
        ObjectNode metadata = Json.child(object, "metadata");
        if (owners == null) {
            metadata.remove("managedFields");
        } else {
            metadata.set("managedFields", owners);
        }
        if (status != null) {
            object.set("status", status);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        check(object, null, errors);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        check(object, old, errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        check(object, old, errors);
    }

    /** Rules can rely on the types that the schema demands, so they wait until those are right. */
    private void check(ObjectNode object, @Nullable ObjectNode old, FieldErrors errors) {
        List<SchemaError> found = SchemaValidation.validate(object, old, version.schema());
        SchemaFindings.add(found, errors);
        if (version.rules().isEmpty()) {
            return;
        }
        if (found.stream().anyMatch(error -> BLOCKING.contains(error.reason()))) {
            errors.invalid(
                    FieldPath.of("<nil>"),
                    (Object) null,
                    "some validation rules were not checked because the object was invalid; correct"
                            + " the existing errors to complete validation");
        } else {
            SchemaFindings.addRules(version.rules().check(object, old), errors);
        }
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return version.warning().isEmpty() ? List.of() : List.of(version.warning());
    }

    @Override
    public boolean hasStatus() {
        return version.hasStatus();
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    private static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
        return a == null ? b == null : a.equals(b);
    }
}
