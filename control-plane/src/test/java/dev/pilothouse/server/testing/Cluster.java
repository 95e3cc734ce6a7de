package dev.pilothouse.server.testing;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.HttpTransport;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.client.Watch;
import dev.pilothouse.model.client.WatchOptions;
import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.WatchEvent;
import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.ControlPlaneTime;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * A control plane, usually without nodes, and its administrator, who can wait for things to happen.
 */
public final class Cluster implements AutoCloseable {

    public static final GroupVersionResource PODS = core("pods");
    public static final GroupVersionResource EVENTS = core("events");
    public static final GroupVersionResource NODES = core("nodes");
    public static final GroupVersionResource CLAIMS = core("persistentvolumeclaims");
    public static final GroupVersionResource NAMESPACES = core("namespaces");
    public static final GroupVersionResource REPLICATION_CONTROLLERS =
            core("replicationcontrollers");
    public static final GroupVersionResource REPLICA_SETS = apps("replicasets");
    public static final GroupVersionResource DEPLOYMENTS = apps("deployments");
    public static final GroupVersionResource STATEFUL_SETS = apps("statefulsets");
    public static final GroupVersionResource DAEMON_SETS = apps("daemonsets");
    public static final GroupVersionResource REVISIONS = apps("controllerrevisions");
    public static final GroupVersionResource JOBS = new GroupVersionResource("batch", "v1", "jobs");
    public static final GroupVersionResource LEASES =
            new GroupVersionResource("coordination.k8s.io", "v1", "leases");
    public static final GroupVersionResource CRON_JOBS =
            new GroupVersionResource("batch", "v1", "cronjobs");

    private final ControlPlane server;
    private final HttpTransport transport;
    private final ApiClient client;

    private Cluster(ControlPlane server, HttpTransport transport) {
        this.server = server;
        this.transport = transport;
        this.client = new ApiClient(transport);
    }

    /** Starts one in real time. */
    public static Cluster start(Path directory) {
        return start(directory, ControlPlaneTime.SYSTEM);
    }

    /** Starts one that lives by a given time. */
    public static Cluster start(Path directory, ControlPlaneTime time) {
        return start(directory, time, NodeOptions.NONE);
    }

    /** Starts one that lives by a given time and has nodes of its own. */
    public static Cluster start(Path directory, ControlPlaneTime time, NodeOptions nodes) {
        try {
            ControlPlane server =
                    ControlPlane.start(
                            new ControlPlaneOptions(
                                    directory,
                                    InetAddress.ofLiteral("127.0.0.1"),
                                    0,
                                    false,
                                    null,
                                    Duration.ofDays(1),
                                    nodes),
                            time);
            ClusterPki pki = ClusterPki.load(directory);
            return new Cluster(
                    server, new HttpTransport(server.endpoint(), pki.adminContext(), Map::of));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The administrator's client. */
    public ApiClient client() {
        return client;
    }

    /** The server below. */
    public ControlPlane server() {
        return server;
    }

    /** The objects of a resource. */
    public ResourceClient of(GroupVersionResource resource) {
        return client.resource(resource);
    }

    /** Makes a namespace. */
    public void namespace(String name) {
        of(NAMESPACES)
                .create(yaml("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}"));
    }

    /** Makes a node that is ready. */
    public void node(String name, String labels) {
        of(NODES)
                .create(
                        yaml(
                                "{apiVersion: v1, kind: Node, metadata: {name: "
                                        + name
                                        + ", labels: {"
                                        + labels
                                        + "}}}"));
    }

    /** Makes an object from YAML. */
    public ObjectNode create(GroupVersionResource resource, String yaml) {
        return of(resource).create(yaml(yaml));
    }

    /** Reads an object. */
    public ObjectNode get(GroupVersionResource resource, String namespace, String name) {
        return of(resource).get(namespace, name);
    }

    /** Merges YAML into an object. */
    public ObjectNode patch(
            GroupVersionResource resource, String namespace, String name, String yaml) {
        return of(resource).patch(namespace, name, PatchForm.MERGE, yaml(yaml));
    }

    /** Deletes an object. */
    public void delete(
            GroupVersionResource resource, String namespace, String name, Propagation policy) {
        of(resource).delete(namespace, name, DeleteOptions.of(policy));
    }

    /** All objects of a namespace now. */
    public List<ObjectNode> list(GroupVersionResource resource, String namespace) {
        return of(resource).list(ListOptions.in(namespace)).items();
    }

    /** Waits until an object is as wanted. */
    public ObjectNode await(
            GroupVersionResource resource,
            String namespace,
            String name,
            Predicate<ObjectNode> wanted) {
        ListOptions selection = ListOptions.in(namespace).withFields("metadata.name=" + name);
        return await(
                        resource,
                        selection,
                        objects -> objects.size() == 1 && wanted.test(objects.getFirst()))
                .getFirst();
    }

    /** Waits until the objects of a namespace are as wanted. */
    public List<ObjectNode> awaitAll(
            GroupVersionResource resource, String namespace, Predicate<List<ObjectNode>> wanted) {
        return await(resource, ListOptions.in(namespace), wanted);
    }

    /** Waits until an object has gone. */
    public void awaitGone(GroupVersionResource resource, String namespace, String name) {
        ListOptions selection = ListOptions.in(namespace).withFields("metadata.name=" + name);
        await(resource, selection, List::isEmpty);
    }

    /** Waits for an event with this reason whose message contains a text. */
    public void awaitEvent(String namespace, String name, String reason, String message) {
        awaitAll(
                EVENTS,
                namespace,
                events ->
                        events.stream()
                                .anyMatch(event ->
                                        Json.text(event, "involvedObject", "name").equals(name)
                                                && Json.text(event, "reason").equals(reason)
                                                && Json.text(event, "message").contains(message)));
    }

    private List<ObjectNode> await(
            GroupVersionResource resource,
            ListOptions selection,
            Predicate<List<ObjectNode>> wanted) {
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        boolean complete = false;
        while (true) {
            try (Watch watch = of(resource).watch(WatchOptions.fromNow(selection))) {
                for (WatchEvent event = watch.next(); event != null; event = watch.next()) {
                    switch (event) {
                        case WatchEvent.Added(ObjectNode object) -> put(objects, object);
                        case WatchEvent.Modified(ObjectNode object) -> put(objects, object);
                        case WatchEvent.Deleted(ObjectNode object) ->
                                objects.remove(Json.text(object, "metadata", "name"));
                        case WatchEvent.Bookmark(_, boolean end) -> complete |= end;
                        case WatchEvent.Error(var status) ->
                                throw new AssertionError(status.message());
                    }
                    List<ObjectNode> now = new ArrayList<>(objects.values());
                    if (complete && wanted.test(now)) {
                        return now;
                    }
                }
            }
            objects.clear();
            complete = false;
        }
    }

    private static void put(Map<String, ObjectNode> objects, ObjectNode object) {
        objects.put(Json.text(object, "metadata", "name"), object);
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }

    /** Reads YAML. */
    public static ObjectNode yaml(String text) {
        return ObjectDecoder.decodeYaml(text.getBytes(StandardCharsets.UTF_8)).object();
    }

    private static GroupVersionResource core(String resource) {
        return new GroupVersionResource("", "v1", resource);
    }

    private static GroupVersionResource apps(String resource) {
        return new GroupVersionResource("apps", "v1", resource);
    }
}
