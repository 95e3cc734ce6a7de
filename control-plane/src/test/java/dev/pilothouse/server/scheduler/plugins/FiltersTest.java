package dev.pilothouse.server.scheduler.plugins;

import static dev.pilothouse.server.scheduler.TestCluster.json;
import static dev.pilothouse.server.scheduler.TestCluster.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.scheduler.TestCluster;
import dev.pilothouse.server.scheduler.volumes.StorageReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What each plug-in refuses, in Kubernetes' words. */
class FiltersTest {

    private static final String ZONE_A = "'topology.kubernetes.io/zone':'a'";
    private static final String ZONE_B = "'topology.kubernetes.io/zone':'b'";

    private final TestCluster cluster = new TestCluster();

    @Test
    void countsReasonsAndSortsThemAsText() {
        cluster.node("n1", "1")
                .node("n2", "500m")
                .node("n3", "8", "", "'taints':[{'key':'a','effect':'NoSchedule'}]");

        assertEquals(
                "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.",
                cluster.answer(pod("p", "2")));
    }

    @Test
    void saysThatThereAreNoNodes() {
        assertEquals("no nodes available to schedule pods", cluster.answer(pod("p", "1")));
    }

    @Test
    void refusesCordonedNodes() {
        cluster.node("n1", "4", "", "'unschedulable':true");

        assertEquals(
                "0/1 nodes are available: 1 node(s) were unschedulable.",
                cluster.answer(pod("p", "1")));
        String tolerant =
                "'tolerations':[{'key':'node.kubernetes.io/unschedulable','operator':'Exists'}]";
        assertEquals("n1", cluster.answer(pod("q", "1", "", tolerant)));
    }

    @Test
    void comparesTolerationsWithTaints() {
        cluster.node("n1", "4", "", "'taints':[{'key':'k','value':'v','effect':'NoExecute'}]");
        String refused = "0/1 nodes are available: 1 node(s) had untolerated taint(s).";

        assertEquals(
                "n1", cluster.answer(pod("a", "1", "", "'tolerations':[{'operator':'Exists'}]")));
        assertEquals(
                "n1", cluster.answer(pod("b", "1", "", "'tolerations':[{'key':'k','value':'v'}]")));
        assertEquals(
                refused,
                cluster.answer(pod("c", "1", "", "'tolerations':[{'key':'k','value':'w'}]")));
        assertEquals(
                refused,
                cluster.answer(
                        pod(
                                "d",
                                "1",
                                "",
                                "'tolerations':[{'key':'k','operator':'Exists','effect':'NoSchedule'}]")));
    }

    @Test
    void honoursNodeSelectorAndAffinity() {
        cluster.node("n1", "4", ZONE_A, "").node("n2", "4", ZONE_B, "");

        assertEquals("n2", cluster.answer(pod("a", "1", "", "'nodeSelector':{" + ZONE_B + "}")));
        assertEquals(
                "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.",
                cluster.answer(pod("b", "1", "", "'nodeSelector':{'disk':'ssd'}")));
        assertEquals("n1", cluster.answer(pod("c", "1", "", required("matchFields", "n1"))));
        assertEquals(
                "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity].",
                cluster.answer(pod("d", "9", "", required("matchFields", "n1"))));
    }

    private static String required(String field, String name) {
        return "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                + "{'nodeSelectorTerms':[{'"
                + field
                + "':[{'key':'metadata.name','operator':'In','values':['"
                + name
                + "']}]}]}}}";
    }

    @Test
    void addsUpRequestsWithInitContainersSidecarsAndOverhead() {
        ObjectNode pod =
                json(
                        """
                        {'metadata':{'name':'p','namespace':'default'},'spec':{'overhead':{'cpu':'10m'},
                        'initContainers':[
                          {'name':'side','restartPolicy':'Always','resources':{'requests':{'cpu':'100m'}}},
                          {'name':'init','resources':{'requests':{'cpu':'700m'}}}],
                        'containers':[{'name':'a','resources':{'requests':{'cpu':'200m'}}},
                          {'name':'b','resources':{'requests':{'cpu':'300m'}}}]}}
                        """);

        assertEquals(810, cluster.read(pod).shape().requests().milliCpu());
    }

    @Test
    void refusesMoreThanThereIs() {
        cluster.node("n1", "1");
        cluster.running("n1", pod("first", "700m"));

        assertEquals("n1", cluster.answer(pod("fits", "300m")));
        assertEquals(
                "0/1 nodes are available: 1 Insufficient cpu.", cluster.answer(pod("p", "301m")));
    }

    @Test
    void keepsHostPortsApart() {
        String port = "'hostNetwork':true";
        ObjectNode first = withPort(pod("first", "1", "", port));
        cluster.node("n1", "8").running("n1", first);

        assertEquals(
                "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
                cluster.answer(withPort(pod("second", "1", "", port))));
    }

    private static ObjectNode withPort(ObjectNode pod) {
        ((ObjectNode) pod.path("spec").path("containers").get(0))
                .set(
                        "ports",
                        json("{'x':[{'containerPort':80,'hostPort':80,'protocol':'TCP'}]}")
                                .get("x"));
        return pod;
    }

    @Test
    void spreadsOverZonesAsFarAsItMust() {
        String spread =
                "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'topology.kubernetes.io/zone',"
                        + "'whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'a'}}}]";
        cluster.node("n1", "8", ZONE_A, "").node("n2", "1", ZONE_B, "").node("n3", "8");

        assertEquals("n1", cluster.run(pod("p1", "2", "'app':'a'", spread)));
        assertEquals(
                "0/3 nodes are available: 1 Insufficient cpu,"
                        + " 1 node(s) didn't match pod topology spread constraints,"
                        + " 1 node(s) didn't match pod topology spread constraints (missing required label).",
                cluster.answer(pod("p2", "2", "'app':'a'", spread)));
    }

    @Test
    void keepsPodsNearAndApart() {
        String term =
                "[{'topologyKey':'topology.kubernetes.io/zone','labelSelector':{'matchLabels':{'app':'a'}}}]";
        String near =
                "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
                        + term
                        + "}}";
        String away = near.replace("podAffinity", "podAntiAffinity");
        cluster.node("n1", "8", ZONE_A, "").node("n2", "8", ZONE_B, "");

        assertEquals(
                "0/2 nodes are available: 2 node(s) didn't match pod affinity rules.",
                cluster.answer(pod("lonely", "1", "", near)));
        cluster.running("n1", pod("a", "1", "'app':'a'", ""));
        assertEquals("n1", cluster.answer(pod("near", "1", "", near)));
        assertEquals("n2", cluster.run(pod("away", "1", "'app':'a'", away)));
        assertEquals(
                "0/2 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules,"
                        + " 1 node(s) had untolerated taint(s).",
                answerWhenOthersAreTainted());
    }

    private String answerWhenOthersAreTainted() {
        cluster.node("n1", "8", ZONE_A, "'taints':[{'key':'t','effect':'NoSchedule'}]");
        return cluster.answer(pod("unwelcome", "1", "'app':'a'", ""));
    }

    @Test
    void looksForPodsInSelectedNamespaces() {
        cluster.namespace("default", Map.of("team", "x"));
        String near =
                "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':"
                        + "'kubernetes.io/hostname','namespaceSelector':{'matchLabels':{'team':'x'}},"
                        + "'labelSelector':{'matchLabels':{'app':'a'}}}]}}";
        cluster.node("n1", "8").node("n2", "8");
        cluster.running("n2", pod("a", "1", "'app':'a'", ""));

        assertEquals("n2", cluster.answer(pod("near", "1", "", near)));
    }

    @Test
    void looksAtClaimsAndVolumes() {
        String volume = "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]";
        cluster.node("n1", "8", ZONE_A, "").node("n2", "8", ZONE_B, "");
        ObjectNode pod = pod("p", "1", "", volume);

        assertEquals(
                "0/2 nodes are available: persistentvolumeclaim \"c\" not found.",
                cluster.answer(pod));
        claim("'storageClassName':'now'", "");
        assertEquals(
                "0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
                cluster.answer(pod));
        storageClass("later", "kubernetes.io/no-provisioner");
        claim("'storageClassName':'later'", "");
        assertEquals(
                "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind.",
                cluster.answer(pod));
        volume("'storageClassName':'later',");
        assertEquals("n2", cluster.answer(pod));
        claim(
                "'storageClassName':'later','volumeName':'v'",
                "'pv.kubernetes.io/bind-completed':'yes'");
        assertEquals("n2", cluster.answer(pod));
        cluster.node("n2", "500m", ZONE_B, "");
        assertEquals(
                "0/2 nodes are available: 1 Insufficient cpu,"
                        + " 1 node(s) didn't match PersistentVolume's node affinity.",
                cluster.answer(pod));
    }

    @Test
    void makesVolumesWhereTheClassMay() {
        storageClass("later", "example.com/maker");
        claim("'storageClassName':'later'", "'volume.kubernetes.io/selected-node':'n2'");
        cluster.node("n1", "8").node("n2", "8").node("n3", "8");

        assertEquals(
                "n2",
                cluster.answer(
                        pod(
                                "p",
                                "1",
                                "",
                                "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]")));
    }

    @Test
    void letsOnePodUseAnExclusiveClaim() {
        String volume = "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]";
        volume("");
        claim(
                "'accessModes':['ReadWriteOncePod'],'volumeName':'v'",
                "'pv.kubernetes.io/bind-completed':'yes'");
        cluster.node("n2", "8", ZONE_B, "").running("n2", pod("first", "1", "", volume));

        assertEquals(
                "0/1 nodes are available: 1 node has pod using PersistentVolumeClaim"
                        + " with the same name and ReadWriteOncePod access mode.",
                cluster.answer(pod("second", "1", "", volume)));
    }

    private void claim(String spec, String annotations) {
        cluster.storage()
                .claims
                .put(
                        "default/c",
                        StorageReader.claim(
                                json(
                                        "{'metadata':{'name':'c','namespace':'default','uid':'u','annotations':{"
                                                + annotations
                                                + "}},'spec':{"
                                                + spec
                                                + ",'resources':{'requests':{'storage':'1Gi'}}}}")));
    }

    private void volume(String spec) {
        cluster.storage()
                .volumes
                .put(
                        "v",
                        StorageReader.volume(
                                json(
                                        "{'metadata':{'name':'v'},'spec':{"
                                                + spec
                                                + "'capacity':{'storage':'2Gi'},'nodeAffinity':{'required':{'nodeSelectorTerms':"
                                                + "[{'matchExpressions':[{'key':'topology.kubernetes.io/zone','operator':'In','values':['b']}]}]}}}}")));
    }

    private void storageClass(String name, String provisioner) {
        cluster.storage()
                .classes
                .put(
                        name,
                        StorageReader.storageClass(
                                json(
                                        "{'metadata':{'name':'"
                                                + name
                                                + "'},'provisioner':'"
                                                + provisioner
                                                + "','volumeBindingMode':'WaitForFirstConsumer'}")));
    }
}
