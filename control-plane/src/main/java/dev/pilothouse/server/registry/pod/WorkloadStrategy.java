package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.ResourceStrategy;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What the kinds that make pods from a template in their spec have in common. */
public interface WorkloadStrategy extends ResourceStrategy {

    @Override
    default List<String> warnings(ObjectNode object) {
        return WorkloadRules.warnings(object);
    }

    @Override
    default boolean hasStatus() {
        return true;
    }

    @Override
    default boolean tracksGeneration() {
        return true;
    }
}
