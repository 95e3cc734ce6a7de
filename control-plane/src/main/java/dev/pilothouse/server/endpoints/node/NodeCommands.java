package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.node.ContainerStreams.TerminalSizes;
import dev.pilothouse.server.node.ExecRequest;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.streaming.command.CommandOptions;
import dev.pilothouse.server.streaming.command.CommandTask;
import dev.pilothouse.server.streaming.forward.PortForwards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kubelet does with containers when it is told to on its own port: {@code exec}, {@code
 * attach}, {@code portForward} and {@code run}. Source: pkg/kubelet/server/server.go.
 *
 * @param pods finds pods and agents
 * @param access who may open a stream
 */
record NodeCommands(PodAgents pods, UpgradeAccess access) {

    /**
     * The pod that a path names, and the container.
     *
     * @param pod the pod as it is stored
     * @param container the container's name, empty for none
     */
    private record Named(ObjectNode pod, String container) {}

    /** {@code exec/NAMESPACE/POD[/UID]/CONTAINER}, or {@code attach}. */
    ApiResponse command(ApiRequest request, String node, List<String> path, boolean attach) {
        access.check(request);
        Named named = find(node, path, true);
        CommandOptions options = options(request.query());
        PodTarget target = pods.target(named.pod());
        ContainerSessions.requireRunning(named.pod(), named.container());
        CommandTask task =
                attach
                        ? ContainerSessions.attach(target, named.container())
                        : ContainerSessions.exec(
                                target,
                                named.container(),
                                request.query().all("command"),
                                options.tty());
        return ContainerSessions.open(request, options, task);
    }

    /** {@code portForward/NAMESPACE/POD[/UID]}. */
    ApiResponse portForward(ApiRequest request, String node, List<String> path) {
        access.check(request);
        PodTarget target = pods.target(find(node, path, false).pod());
        return PortForwards.accept(
                request, new PodPortForward.AgentConnector(target.agent(), target.ref()));
    }

    /** {@code run/NAMESPACE/POD[/UID]/CONTAINER?cmd=...}: the answer is what is printed. */
    ApiResponse run(ApiRequest request, String node, List<String> path) {
        Named named = find(node, path, true);
        PodTarget target = pods.target(named.pod());
        ContainerSessions.requireRunning(named.pod(), named.container());
        List<String> command = List.of(command(request).split(" ", -1));
        ExecRequest exec = new ExecRequest(target.ref(), named.container(), command, false);
        Printed out = new Printed();
        Printed error = new Printed();
        int code;
        try {
            code =
                    target.agent()
                            .exec(exec, new ContainerStreams(null, out, error, TerminalSizes.NONE));
        } catch (IOException e) {
            throw new PlainRefusal(500, String.valueOf(e.getMessage()));
        }
        if (code != 0) {
            String text = error.toString(StandardCharsets.UTF_8);
            String all = String.join(" ", command);
            throw new PlainRefusal(500, "command '" + all + "' exited with " + code + ": " + text);
        }
        out.writeBytes(error.toByteArray());
        return ApiResponse.Body.of(200, "application/json", out.toByteArray());
    }

    private static String command(ApiRequest request) {
        String command = request.query().text("cmd");
        if (!command.isEmpty()
                || !request.headers()
                        .text("content-type")
                        .startsWith("application/x-www-form-urlencoded")) {
            return command;
        }
        return Stream.of(new String(request.body(), StandardCharsets.UTF_8).split("&"))
                .filter(pair -> pair.startsWith("cmd="))
                .map(pair -> URLDecoder.decode(pair.substring(4), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    /** A kubelet names the streams otherwise than the API. */
    private static CommandOptions options(Parameters query) {
        boolean tty = query.flag("tty");
        CommandOptions options =
                new CommandOptions(
                        query.flag("input"),
                        query.flag("output"),
                        query.flag("error") && !tty,
                        tty);
        if (!options.stdin() && !options.stdout() && !options.stderr()) {
            throw ApiException.badRequest("you must specify at least 1 of stdin, stdout, stderr");
        }
        return options;
    }

    private Named find(String node, List<String> path, boolean withContainer) {
        int least = withContainer ? 4 : 3;
        if (path.size() != least && path.size() != least + 1) {
            throw new PlainRefusal(404, "404 page not found\n");
        }
        ObjectNode pod = pods.find(path.get(1), path.get(2));
        boolean right =
                pod != null
                        && Json.text(pod, "spec", "nodeName").equals(node)
                        && (path.size() == least
                                || Json.text(pod, "metadata", "uid").equals(path.get(3)));
        if (pod == null || !right) {
            throw new PlainRefusal(404, "pod does not exist");
        }
        String container = withContainer ? path.getLast() : "";
        if (withContainer && !PodContainers.has(pod, container)) {
            throw new PlainRefusal(500, "container not found (\"" + container + "\")");
        }
        return new Named(pod, container);
    }

    /** What is kept of what a command prints; the rest is let go. */
    private static final class Printed extends ByteArrayOutputStream {

        private static final int MOST = 16 << 20;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, Math.min(length, MOST - size()));
        }

        @Override
        public synchronized void write(int value) {
            if (size() < MOST) {
                super.write(value);
            }
        }
    }
}
