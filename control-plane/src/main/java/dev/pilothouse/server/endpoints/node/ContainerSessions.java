package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.ExecRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.streaming.command.CommandOptions;
import dev.pilothouse.server.streaming.command.CommandTask;
import dev.pilothouse.server.streaming.command.SpdyCommands;
import dev.pilothouse.server.streaming.command.WebSocketCommands;
import dev.pilothouse.server.streaming.spdy.SpdyHandshake;
import dev.pilothouse.server.streaming.websocket.WebSocketHandshake;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Sessions with containers, whichever path they are asked for at. */
final class ContainerSessions {

    private ContainerSessions() {}

    /**
     * The answer that opens a session.
     *
     * @throws ApiException 400 when the request asks for no upgrade, or for one that is not spoken
     */
    static ApiResponse open(ApiRequest request, CommandOptions options, CommandTask task) {
        if (WebSocketHandshake.wanted(request)) {
            return WebSocketCommands.accept(request, options, task);
        }
        if (SpdyHandshake.wanted(request)) {
            return SpdyCommands.accept(request, options, task);
        }
        throw ApiException.badRequest("Upgrade request required");
    }

    static CommandTask exec(PodTarget target, String container, List<String> command, boolean tty) {
        if (command.isEmpty()) {
            throw ApiException.badRequest(
                    "you must specify at least one command for the container");
        }
        NodeAgent agent = target.agent();
        ExecRequest exec = new ExecRequest(target.ref(), container, command, tty);
        return streams -> agent.exec(exec, streams);
    }

    /** Whether there is a terminal was decided when the container started. */
    static CommandTask attach(PodTarget target, String container) {
        boolean tty =
                Stream.of("containers", "initContainers", "ephemeralContainers")
                        .flatMap(field -> Json.objects(target.pod(), "spec", field).stream())
                        .filter(spec -> Json.text(spec, "name").equals(container))
                        .anyMatch(spec -> Json.bool(spec, "tty"));
        return streams -> {
            target.agent().attach(target.ref(), container, tty, streams);
            // Kubernetes tells of the exit code in the pod's status only.
            return 0;
        };
    }

    /** What the status does not tell is left to the node's agent. */
    static void requireRunning(ObjectNode pod, String container) {
        ObjectNode status = ContainerLogState.status(pod, container);
        if (status != null
                && Json.objectAt(status, "state") != null
                && Json.objectAt(status, "state", "running") == null) {
            throw ApiException.internal("container not found (\"" + container + "\")", null);
        }
    }
}
