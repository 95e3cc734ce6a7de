package dev.pilothouse.server.testing;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * A control plane without nodes of its own and an administrator's client; the test plays the node
 * agents. Objects are written as JSON text in which single quotes stand for double ones.
 */
public final class TestCluster implements AutoCloseable {

    public static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    public static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    public static final GroupVersionResource NAMESPACES =
            new GroupVersionResource("", "v1", "namespaces");
    public static final GroupVersionResource EVENTS = new GroupVersionResource("", "v1", "events");

    private final ControlPlane server;
    private final HttpTransport transport;
    private final ApiClient client;

    /** Starts one in this directory. */
    public TestCluster(Path directory) {
        this(directory, NodeOptions.NONE);
    }

    /** Starts one in this directory that has nodes. */
    public TestCluster(Path directory, NodeOptions nodes) {
        try {
            server =
                    ControlPlane.start(
                            new ControlPlaneOptions(
                                    directory,
                                    InetAddress.ofLiteral("127.0.0.1"),
                                    0,
                                    false,
                                    null,
                                    Duration.ofDays(1),
                                    nodes));
            transport =
                    new HttpTransport(
                            server.endpoint(), ClusterPki.load(directory).adminContext(), Map::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = new ApiClient(transport);
    }

    /** Acts as the administrator. */
    public ApiClient client() {
        return client;
    }

    /** Where the server's files are. */
    public Path directory() {
        return server.dataDirectory();
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }

    /** Reads JSON with single quotes. */
    public static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"'));
    }

    /** Makes an object. */
    public ObjectNode create(GroupVersionResource resource, String text) {
        return client.resource(resource).create(json(text));
    }

    /** Makes a namespace. */
    public void namespace(String name) {
        create(
                NAMESPACES,
                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + name + "'}}");
    }

    /** Makes a node that is ready. */
    public ObjectNode node(String name, String labels) {
        create(
                NODES,
                "{'apiVersion':'v1','kind':'Node','metadata':{'name':'%s','labels':%s}}"
                        .formatted(name, labels));
        return client.resource(NODES)
                .patch(
                        "",
                        name,
                        "status",
                        PatchForm.MERGE,
                        json(
                                "{'status':{'conditions':[{'type':'Ready','status':'True','reason':'KubeletReady',"
                                        + "'lastHeartbeatTime':'2030-01-01T00:00:00Z'}]}}"));
    }

    /**
     * Makes a pod on a node.
     *
     * @param spec further fields of the spec, such as {@code "'hostname':'a'"}, or empty
     */
    public ObjectNode pod(String namespace, String name, String labels, String node, String spec) {
        return create(
                PODS,
                "{'apiVersion':'v1','kind':'Pod','metadata':{'namespace':'%s','name':'%s','labels':%s},'spec':{%s%s'containers':[{'name':'c','image':'i','ports':[{'name':'web','containerPort':8080}]}]}}"
                        .formatted(
                                namespace,
                                name,
                                labels,
                                node.isEmpty() ? "" : "'nodeName':'" + node + "',",
                                spec.isEmpty() ? "" : spec + ","));
    }

    /** Reports a pod as running at an address, as its node agent would. */
    public ObjectNode running(String namespace, String name, String ip, boolean ready) {
        return client.resource(PODS)
                .patch(
                        namespace,
                        name,
                        "status",
                        PatchForm.MERGE,
                        json(
                                "{'status':{'phase':'Running','podIP':'%s','podIPs':[{'ip':'%s'}],'conditions':[{'type':'Ready','status':'%s'}]}}"
                                        .formatted(ip, ip, ready ? "True" : "False")));
    }

    /** Changes an object by a merge patch. */
    public ObjectNode patch(
            GroupVersionResource resource, String namespace, String name, String text) {
        return client.resource(resource).patch(namespace, name, PatchForm.MERGE, json(text));
    }

    /** Changes the status of an object by a merge patch. */
    public ObjectNode patchStatus(
            GroupVersionResource resource, String namespace, String name, String text) {
        return client.resource(resource)
                .patch(namespace, name, "status", PatchForm.MERGE, json(text));
    }

    /** All objects that a label selector selects. */
    public List<ObjectNode> list(GroupVersionResource resource, String namespace, String selector) {
        return client.resource(resource)
                .list(ListOptions.in(namespace).withLabels(selector))
                .items();
    }

    /** Waits until an object is as wanted. */
    public ObjectNode await(
            GroupVersionResource resource,
            String namespace,
            String name,
            Predicate<ObjectNode> wanted) {
        return await(
                resource, ListOptions.in(namespace).withFields("metadata.name=" + name), wanted);
    }

    /** Waits until one of the selected objects is as wanted. */
    public ObjectNode await(
            GroupVersionResource resource, ListOptions selection, Predicate<ObjectNode> wanted) {
        return Waits.until(client.resource(resource), selection, wanted);
    }

    /** Waits for an event about an object. */
    public ObjectNode awaitEvent(String namespace, String about, String reason) {
        return await(
                EVENTS,
                ListOptions.in(namespace).withFields("involvedObject.name=" + about),
                event -> Json.text(event, "reason").equals(reason));
    }

    /** Waits until an object is gone. */
    public void awaitGone(GroupVersionResource resource, String namespace, String name) {
        Waits.untilGone(client.resource(resource), namespace, name);
    }
}
