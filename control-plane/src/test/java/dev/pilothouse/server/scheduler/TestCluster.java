package dev.pilothouse.server.scheduler;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.ClusterCache;
import dev.pilothouse.server.scheduler.cluster.NodeReader;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.placement.Checks;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placement;
import dev.pilothouse.server.scheduler.placement.Placer;
import dev.pilothouse.server.scheduler.plugins.TestProfiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Nodes and pods as tests want them, in JSON with single quotes. */
public final class TestCluster {

    private final ClusterCache cache = new ClusterCache();
    private final PodReader reader = new PodReader();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final TestProfiles.Storage storage = new TestProfiles.Storage();
    private final Nominations nominations = new Nominations();
    private final Profile profile =
            TestProfiles.of(
                    _ -> LabelSelector.EVERYTHING,
                    name -> namespaces.getOrDefault(name, Map.of()),
                    storage);
    private final Placer placer = new Placer(profile, nominations, new Random(1));

    /** Without nodes. */
    public TestCluster() {}

    /** Adds or changes a node with so much CPU, 8 GiB and room for 110 pods; more as JSON. */
    public TestCluster node(String name, String cpu, String labels, String spec) {
        String json =
                """
                {'metadata':{'name':'%s','labels':{'kubernetes.io/hostname':'%s'%s}},
                 'spec':{%s},
                 'status':{'allocatable':{'cpu':'%s','memory':'8Gi','pods':'110'}}}
                """
                        .formatted(name, name, labels.isEmpty() ? "" : "," + labels, spec, cpu);
        cache.putNode(NodeReader.read(json(json)));
        return this;
    }

    /** Adds a plain node. */
    public TestCluster node(String name, String cpu) {
        return node(name, cpu, "", "");
    }

    /** Puts a pod on a node. */
    public TestCluster running(String node, ObjectNode pod) {
        cache.putPod(reader.read(pod).on(node));
        return this;
    }

    /** The labels of a namespace. */
    public TestCluster namespace(String name, Map<String, String> labels) {
        namespaces.put(name, labels);
        return this;
    }

    /** A pod that requests so much CPU; labels and spec as JSON. */
    public static ObjectNode pod(String name, String cpu, String labels, String spec) {
        return json(
                """
                {'metadata':{'name':'%s','namespace':'default','uid':'uid-%s','labels':{%s}},
                 'spec':{'schedulerName':'default-scheduler',%s
                 'containers':[{'name':'main','image':'nginx',
                   'resources':{'requests':{'cpu':'%s'}}}]}}
                """
                        .formatted(name, name, labels, spec.isEmpty() ? "" : spec + ",", cpu));
    }

    /** A plain pod. */
    public static ObjectNode pod(String name, String cpu) {
        return pod(name, cpu, "", "");
    }

    /** JSON in which single quotes stand for double quotes. */
    public static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"'));
    }

    /** As the scheduler reads it. */
    public PodInfo read(ObjectNode pod) {
        return reader.read(pod);
    }

    /** Looks for a node. */
    public Placement place(ObjectNode pod) {
        return placer.place(reader.read(pod), cache.snapshot());
    }

    /** The node that is found, or the message. */
    public String answer(ObjectNode pod) {
        return switch (place(pod)) {
            case Placement.Found found -> found.node();
            case Placement.None none -> none.diagnosis().message();
        };
    }

    /** Looks for a node and puts the pod there. */
    public String run(ObjectNode pod) {
        String node = answer(pod);
        if (cache.snapshot().find(node) != null) {
            running(node, pod);
        }
        return node;
    }

    /** The filters for a pod. */
    public Checks checks(ObjectNode pod) {
        return Checks.of(profile, reader.read(pod), cache.snapshot());
    }

    /** The nodes as they are. */
    public Snapshot snapshot() {
        return cache.snapshot();
    }

    /** The cache. */
    public ClusterCache cache() {
        return cache;
    }

    /** The plug-ins. */
    public Profile profile() {
        return profile;
    }

    /** Where room is being made. */
    public Nominations nominations() {
        return nominations;
    }

    /** The storage. */
    public TestProfiles.Storage storage() {
        return storage;
    }
}
