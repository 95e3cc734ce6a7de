package dev.pilothouse.ui.forward.engine;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What leads where.
 *
 * @param target a pod, a Service, or a workload, any ready pod of which is meant
 * @param port the target's port: a number, or its name
 * @param local this machine's port; 0 for any that is free
 * @param on whether it is to be open
 */
public record ForwardSpec(ObjectRef target, String port, int local, boolean on) {

    /** The same with another local port. */
    public ForwardSpec withLocal(int other) {
        return new ForwardSpec(target, port, other, on);
    }

    /** The same, open or not. */
    public ForwardSpec turned(boolean open) {
        return new ForwardSpec(target, port, local, open);
    }

    /** Such as {@code Service shop/web:http}. */
    public String describe() {
        return target.kind().kind() + " " + target.namespace() + "/" + target.name() + ":" + port;
    }

    ObjectNode toJson() {
        Kind kind = target.kind();
        return Json.object()
                .put("group", kind.group())
                .put("version", kind.version())
                .put("resource", kind.resource())
                .put("kind", kind.kind())
                .put("namespace", target.namespace())
                .put("name", target.name())
                .put("port", port)
                .put("local", local)
                .put("on", on);
    }

    static ForwardSpec fromJson(JsonNode json) {
        var kind =
                new Kind(
                        Json.text(json, "group"),
                        Json.text(json, "version"),
                        Json.text(json, "resource"),
                        Json.text(json, "kind"),
                        true);
        return new ForwardSpec(
                ObjectRef.of(kind, Json.text(json, "namespace"), Json.text(json, "name")),
                Json.text(json, "port"),
                (int) Json.number(json, 0, "local"),
                json.path("on").asBoolean(true));
    }
}
