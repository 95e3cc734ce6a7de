package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.streaming.command.CommandOptions;
import dev.pilothouse.server.streaming.command.CommandTask;
import dev.pilothouse.server.streaming.websocket.WebSocketHandshake;
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
        ContainerSessions.requireRunning(pod, container);
        CommandTask task =
                attach
                        ? ContainerSessions.attach(target, container)
                        : ContainerSessions.exec(
                                target, container, query.all("command"), options.tty());
        return ContainerSessions.open(request, options, task);
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
}
