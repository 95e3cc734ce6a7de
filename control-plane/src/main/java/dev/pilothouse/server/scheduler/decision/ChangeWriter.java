package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.scheduler.cluster.Taint;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes changes for programs. */
final class ChangeWriter {

    private ChangeWriter() {}

    static ObjectNode write(Change change) {
        ObjectNode json = Json.object();
        json.put("type", change.type());
        json.put("description", change.description());
        switch (change) {
            case Change.LowerRequest(
                            String path,
                            String container,
                            String resource,
                            String from,
                            String to,
                            _) ->
                    json.put("path", path)
                            .put("container", container)
                            .put("resource", resource)
                            .put("from", from)
                            .put("to", to);
            case Change.LowerPodRequest(String resource, String from, String to, _) ->
                    json.put("resource", resource).put("from", from).put("to", to);
            case Change.AddToleration(Taint taint) -> taint(json, taint);
            case Change.DropNodeSelector(String key) -> json.put("key", key);
            case Change.DropRequired(String affinity) -> json.put("affinity", affinity);
            case Change.RaiseMaxSkew(String key, int from, int to) ->
                    json.put("topologyKey", key).put("from", from).put("to", to);
            case Change.SoftenSpread(String key) -> json.put("topologyKey", key);
            case Change.DropHostPort(int port) -> json.put("hostPort", port);
            case Change.RemoveGates(var gates) -> {
                ArrayNode names = json.putArray("gates");
                gates.forEach(names::add);
            }
            case Change.Uncordon(String node) -> json.put("nodeName", node);
            case Change.RemoveTaint(String node, Taint taint) -> {
                json.put("nodeName", node);
                taint(json, taint);
            }
            case Change.SetLabel(String node, String key, String value, boolean remove) -> {
                json.put("nodeName", node).put("key", key);
                if (remove) {
                    json.put("remove", true);
                } else {
                    json.put("value", value);
                }
            }
            case Change.RemovePods(var pods) -> {
                ArrayNode array = json.putArray("pods");
                pods.forEach(pod ->
                        array.addObject()
                                .put("namespace", pod.namespace())
                                .put("name", pod.name())
                                .put("nodeName", pod.node()));
            }
            case Change.ByHand _ -> {}
        }
        return json;
    }

    private static void taint(ObjectNode json, Taint taint) {
        json.put("key", taint.key()).put("value", taint.value()).put("effect", taint.effect());
    }
}
