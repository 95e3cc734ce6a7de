package dev.pilothouse.server.registry.apiextensions.cel;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of one version of a custom resource. They are compiled when an object is first checked.
 * Thread-safe.
 */
public final class ObjectRules {

    private final ObjectNode schema;
    private final boolean any;
    private @Nullable RuleTree tree;

    /** The rules in an {@code openAPIV3Schema}, which nobody changes any more. */
    public ObjectRules(ObjectNode schema) {
        this.schema = schema;
        this.any = Schemas.hasRules(schema);
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return !any;
    }

    /**
     * Which rules an object breaks.
     *
     * @param object the object, valid by the rest of its schema
     * @param old what it was before, null when it is new
     */
    public List<Finding> check(ObjectNode object, @Nullable ObjectNode old) {
        if (!any) {
            return List.of();
        }
        Evaluation evaluation = new Evaluation();
        tree().check("<nil>", object, old, Correlation.root(object, old), evaluation);
        return List.copyOf(evaluation.findings());
    }

    private synchronized RuleTree tree() {
        RuleTree compiled = tree;
        if (compiled == null) {
            compiled = Objects.requireNonNull(RuleTree.of(schema));
            tree = compiled;
        }
        return compiled;
    }
}
