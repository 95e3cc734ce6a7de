package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.node.ExecRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.streaming.command.CommandOptions;
import dev.pilothouse.server.streaming.command.CommandTask;
import dev.pilothouse.server.streaming.command.SpdyCommands;
import dev.pilothouse.server.streaming.command.WebSocketCommands;
import dev.pilothouse.server.streaming.spdy.SpdyHandshake;
import dev.pilothouse.server.streaming.websocket.WebSocketHandshake;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Exec and attach. Source: registry/core/pod/rest/subresources.go and the kubelet's streaming
 * server.
 */
final class PodCommands implements SubresourceHandler {

    private final PodAgents pods;
    private final UpgradeAccess access;
    private final boolean attach;

    PodCommands(PodAgents pods, UpgradeAccess access, boolean attach) {
        this.pods = pods;
        this.access = access;
        this.attach = attach;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        ApiRequest request = call.request();
        access.check(request);
        Parameters query = request.query();
        ObjectNode pod = pods.read(PodAgents.PODS, call.namespace(), call.name());
        String container = PodContainers.choose(pod, query.text("container"));
        PodTarget target = pods.target(pod);
        CommandOptions options = options(query, WebSocketHandshake.wanted(request));
        requireRunning(pod, container);
        CommandTask task =
                attach
                        ? attach(target, container)
                        : exec(target, container, query.all("command"), options.tty());
        if (WebSocketHandshake.wanted(request)) {
            return WebSocketCommands.accept(request, options, task);
        }
        if (SpdyHandshake.wanted(request)) {
            return SpdyCommands.accept(request, options, task);
        }
        throw ApiException.badRequest("Upgrade request required");
    }

    /**
     * Over WebSockets all output is sent, whatever the client says, as by Kubernetes, whose
     * defaults come after the query: the official Java client attaches with {@code stdout=false}
     * and reads on. Clients of SPDY open a stream for each that they want, and no other is waited
     * for.
     */
    private static CommandOptions options(Parameters query, boolean all) {
        boolean tty = query.flag("tty");
        CommandOptions options =
                new CommandOptions(
                        query.flag("stdin"),
                        all || query.flag("stdout"),
                        (all || query.flag("stderr")) && !tty,
                        tty);
        if (!options.stdin() && !options.stdout() && !options.stderr()) {
            throw ApiException.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        return options;
    }

    private static CommandTask exec(
            PodTarget target, String container, List<String> command, boolean tty) {
        if (command.isEmpty()) {
            throw ApiException.badRequest(
                    "you must specify at least one command for the container");
        }
        NodeAgent agent = target.agent();
        ExecRequest exec = new ExecRequest(target.ref(), container, command, tty);
        return streams -> agent.exec(exec, streams);
    }

    /** Whether there is a terminal was decided when the container started. */
    private static CommandTask attach(PodTarget target, String container) {
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
    private static void requireRunning(ObjectNode pod, String container) {
        ObjectNode status = ContainerLogState.status(pod, container);
        if (status != null
                && Json.objectAt(status, "state") != null
                && Json.objectAt(status, "state", "running") == null) {
            throw ApiException.internal("container not found (\"" + container + "\")", null);
        }
    }
}
