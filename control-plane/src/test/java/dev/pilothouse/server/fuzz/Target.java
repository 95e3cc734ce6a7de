package dev.pilothouse.server.fuzz;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.scheme.BuiltInKinds;
import dev.pilothouse.model.scheme.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind to send requests about.
 *
 * @param kind the kind
 * @param valid objects that the server takes; empty for kinds that are covered by random ones only
 */
record Target(ResourceKind kind, List<ObjectNode> valid) {

    /** All stable kinds with the valid objects of the test resource. */
    static List<Target> all(Schema schema) {
        Map<String, List<ObjectNode>> valid = validObjects();
        List<Target> targets = new ArrayList<>();
        for (ResourceKind kind : BuiltInKinds.stable(schema)) {
            String type = kind.gvk().apiVersion() + " " + kind.gvk().kind();
            targets.add(new Target(kind, valid.getOrDefault(type, List.of())));
        }
        return targets;
    }

    /** Where its objects are. */
    String collection(String namespace) {
        var resource = kind.resource();
        String root =
                resource.group().isEmpty()
                        ? "/api/" + resource.version()
                        : "/apis/" + resource.group() + "/" + resource.version();
        return root
                + (kind.namespaced() && !namespace.isEmpty() ? "/namespaces/" + namespace : "")
                + "/"
                + resource.resource();
    }

    /** Whether its objects are stored. */
    boolean isStored() {
        return kind.served().verbs().containsAll(List.of("create", "list", "delete"));
    }

    private static Map<String, List<ObjectNode>> validObjects() {
        Map<String, List<ObjectNode>> objects = new HashMap<>();
        try (InputStream in = Target.class.getResourceAsStream("valid-objects.jsonl")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                ObjectNode object = Json.parseObject(line);
                objects.computeIfAbsent(
                                Json.text(object, "apiVersion") + " " + Json.text(object, "kind"),
                                _ -> new ArrayList<>())
                        .add(object);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return objects;
    }
}
