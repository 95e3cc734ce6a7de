package dev.pilothouse.server.testing;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server with one node, whose agent is a {@link HostAgent}, and pods that run there. */
public final class StreamServer implements AutoCloseable {

    /** The node's name. */
    public static final String NODE = "host";

    private final RunningServer server;
    private final HostAgent agent;

    private StreamServer(RunningServer server, HostAgent agent) {
        this.server = server;
        this.agent = agent;
    }

    /** Starts a server whose commands run in this directory. */
    public static StreamServer start(Path directory) {
        try {
            HostAgent agent = new HostAgent(Files.createDirectories(directory));
            RunningServer server = RunningServer.start();
            server.agents().connect(NODE, agent);
            server.admin()
                    .create(
                            "/api/v1/nodes",
                            Json.parseObject("{'metadata':{'name':'host'}}".replace('\'', '"')));
            return new StreamServer(server, agent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server. */
    public RunningServer server() {
        return server;
    }

    /** The node's agent. */
    public HostAgent agent() {
        return agent;
    }

    /** Makes a pod on the node, running and ready. */
    public void run(String namespace, String name, String... containers) {
        String spec =
                Stream.of(containers)
                        .map(c -> "{'name':'" + c + "','image':'i','ports':[{'containerPort':80}]}")
                        .collect(Collectors.joining(","));
        String statuses =
                Stream.of(containers)
                        .map(c ->
                                "{'name':'"
                                        + c
                                        + "','image':'i','imageID':'','ready':true,"
                                        + "'restartCount':0,'state':{'running':{}}}")
                        .collect(Collectors.joining(","));
        create(namespace, name, "'nodeName':'host','containers':[" + spec + "]");
        status(
                namespace,
                name,
                "'phase':'Running','podIP':'10.0.0.7',"
                        + "'conditions':[{'type':'Ready','status':'True'}],"
                        + "'containerStatuses':["
                        + statuses
                        + "]");
    }

    /** Makes a pod with this spec, written with single quotes. */
    public void create(String namespace, String name, String spec) {
        server.admin()
                .create(
                        "/api/v1/namespaces/" + namespace + "/pods",
                        Json.parseObject(
                                ("{'metadata':{'name':'"
                                                + name
                                                + "','labels':{'app':'"
                                                + name
                                                + "'}},'spec':{"
                                                + spec
                                                + "}}")
                                        .replace('\'', '"')));
    }

    /** Sets a pod's status, written with single quotes. */
    public void status(String namespace, String name, String status) {
        Answer answer =
                server.admin()
                        .patch(
                                "/api/v1/namespaces/" + namespace + "/pods/" + name + "/status",
                                "application/merge-patch+json",
                                ("{'status':{" + status + "}}").replace('\'', '"'));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
