package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The definitions as they were last seen. Guarded by its owner's lock. */
final class KnownDefinitions {

    /**
     * What is remembered of a definition.
     *
     * @param uid its uid
     * @param resource the resource it defines
     * @param acceptedNames the names it has
     * @param allAccepted whether those are all it wants
     * @param source what its serving was made of; null when it is not served
     * @param versions what was made of it
     */
    record Known(
            String uid,
            GroupResource resource,
            ObjectNode acceptedNames,
            boolean allAccepted,
            @Nullable ObjectNode source,
            List<CustomResourceVersion> versions) {}

    private final Map<String, Known> definitions = new HashMap<>();
    private final Supplier<Collection<ResourceKind>> kinds;

    /** {@code kinds} gives all that is served; the built-in ones of them have names too. */
    KnownDefinitions(Supplier<Collection<ResourceKind>> kinds) {
        this.kinds = kinds;
    }

    @Nullable Known get(String name) {
        return definitions.get(name);
    }

    void put(String name, Known known) {
        definitions.put(name, known);
    }

    @Nullable Known remove(String name) {
        return definitions.remove(name);
    }

    /** Names of definitions of a group that did not get all the names they want. */
    List<String> discontent(String group) {
        return definitions.entrySet().stream()
                .filter(entry ->
                        entry.getValue().resource().group().equals(group)
                                && !entry.getValue().allAccepted())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Decides which names a definition gets. */
    AcceptedNames decide(String name, ObjectNode definition) {
        String group = Json.text(definition, "spec", "group");
        Set<String> resources = new HashSet<>();
        Set<String> kindNames = new HashSet<>();
        for (Map.Entry<String, Known> entry : definitions.entrySet()) {
            if (!entry.getKey().equals(name) && entry.getValue().resource().group().equals(group)) {
                ObjectNode names = entry.getValue().acceptedNames();
                AcceptedNames.resourcesOf(names).forEach(resources::add);
                AcceptedNames.kindsOf(names).forEach(kindNames::add);
            }
        }
        for (ResourceKind kind : kinds.get()) {
            if (!kind.custom() && kind.resource().group().equals(group)) {
                resources.add(kind.resource().resource());
                resources.add(kind.served().singular());
                resources.addAll(kind.served().shortNames());
                kindNames.add(kind.served().kind());
            }
        }
        return AcceptedNames.decide(definition, resources, kindNames);
    }
}
