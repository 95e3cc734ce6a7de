package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which of the names that a definition asks for it gets: those nobody else in its group has.
 * Source: apiextensions-apiserver pkg/controller/status/naming_controller.go.
 *
 * @param names the accepted names: the new ones where they are free, else those accepted before
 * @param reason {@code NoConflicts}, or which name is taken
 * @param message the reason in words
 */
record AcceptedNames(ObjectNode names, String reason, String message) {

    private static final String NO_CONFLICTS = "NoConflicts";

    /**
     * Decides about the names of a definition.
     *
     * @param definition the definition
     * @param resources plural, singular and short names of others in the group
     * @param kinds kinds and list kinds of others in the group
     */
    static AcceptedNames decide(ObjectNode definition, Set<String> resources, Set<String> kinds) {
        ObjectNode wanted = Json.child(Json.child(definition, "spec"), "names");
        ObjectNode before = Json.objectAt(definition, "status", "acceptedNames");
        Decision decision = new Decision(wanted, before == null ? Json.object() : before);
        decision.name("plural", "PluralConflict", resources);
        decision.name("singular", "SingularConflict", resources);
        decision.shortNames(resources);
        decision.name("kind", "KindConflict", kinds);
        decision.name("listKind", "ListKindConflict", kinds);
        decision.copy("categories", wanted);
        return new AcceptedNames(decision.names, decision.reason, decision.message);
    }

    boolean allAccepted() {
        return reason.equals(NO_CONFLICTS);
    }

    /** Names that lead to a resource: plural, singular, short ones. */
    static Stream<String> resourcesOf(ObjectNode names) {
        return Stream.concat(
                Stream.of(Json.text(names, "plural"), Json.text(names, "singular")),
                DefinitionReader.texts(names, "shortNames").stream());
    }

    /** The kind and the list kind. */
    static Stream<String> kindsOf(ObjectNode names) {
        return Stream.of(Json.text(names, "kind"), Json.text(names, "listKind"));
    }

    private static final class Decision {

        private final ObjectNode wanted;
        private final ObjectNode before;
        private final ObjectNode names = Json.object();
        private String reason = NO_CONFLICTS;
        private String message = "no conflicts found";

        Decision(ObjectNode wanted, ObjectNode before) {
            this.wanted = wanted;
            this.before = before;
        }

        void name(String field, String conflict, Set<String> taken) {
            String name = Json.text(wanted, field);
            boolean free = name.equals(Json.text(before, field)) || !taken.contains(name);
            if (!free) {
                reason = conflict;
                message = inUse(name);
            }
            String accepted = free ? name : Json.text(before, field);
            // Clients expect these two even while they are empty.
            if (!accepted.isEmpty() || field.equals("plural") || field.equals("kind")) {
                names.put(field, accepted);
            }
        }

        void shortNames(Set<String> taken) {
            List<String> known = DefinitionReader.texts(before, "shortNames");
            List<String> conflicts =
                    DefinitionReader.texts(wanted, "shortNames").stream()
                            .filter(name -> !known.contains(name) && taken.contains(name))
                            .toList();
            if (!conflicts.isEmpty()) {
                reason = "ShortNamesConflict";
                List<String> messages = conflicts.stream().map(Decision::inUse).toList();
                message =
                        messages.size() == 1
                                ? messages.getFirst()
                                : "[" + String.join(", ", messages) + "]";
            }
            copy("shortNames", conflicts.isEmpty() ? wanted : before);
        }

        void copy(String field, ObjectNode from) {
            JsonNode value = from.get(field);
            if (value != null && !value.isEmpty()) {
                names.set(field, value.deepCopy());
            }
        }

        private static String inUse(String name) {
            return FieldErrors.quote(name) + " is already in use";
        }
    }
}
