package dev.pilothouse.server.scheduler.decision;

import static dev.pilothouse.server.scheduler.TestCluster.json;
import static dev.pilothouse.server.scheduler.TestCluster.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.TestCluster;
import dev.pilothouse.server.scheduler.cluster.PodReader;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.placement.Nominations;
import dev.pilothouse.server.scheduler.placement.Placement;
import dev.pilothouse.server.scheduler.placement.Placer;
import dev.pilothouse.server.scheduler.plugins.TestProfiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The smallest change that lets a pod in. */
class FixFinderTest {

    private final TestCluster cluster = new TestCluster();
    private final FixFinder finder = new FixFinder(cluster.profile(), _ -> Map.of());

    private Fix best(ObjectNode pod) {
        return finder.find(pod, cluster.snapshot()).getFirst();
    }

    private List<String> descriptions(ObjectNode pod) {
        return finder.find(pod, cluster.snapshot()).stream()
                .map(fix ->
                        String.join("; ", fix.changes().stream().map(Change::description).toList()))
                .toList();
    }

    @Test
    void lowersRequestByWhatIsMissing() {
        cluster.node("n1", "1").running("n1", pod("other", "820m", "", "'priority':9"));

        assertEquals(
                List.of("Lower the cpu request of container main from 300m to 180m"),
                descriptions(pod("p", "300m")));
    }

    @Test
    void offersToTakeAwayPodsOfNoHigherPriority() {
        cluster.node("n1", "1").running("n1", pod("other", "1"));

        assertTrue(descriptions(pod("p", "900m")).contains("Delete or move default/other"));
    }

    @Test
    void uncordonsRatherThanAnythingElse() {
        cluster.node("n1", "1", "", "'unschedulable':true").node("n2", "100m");

        assertEquals(new Change.Uncordon("n1"), best(pod("p", "1")).changes().getFirst());
    }

    @Test
    void combinesWhatIsNeeded() {
        cluster.node("n1", "500m", "", "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]");

        Fix fix = best(pod("p", "600m", "", "'nodeSelector':{'disk':'ssd'}"));

        assertTrue(fix.verified());
        assertEquals(3, fix.changes().size(), fix::toString);
    }

    @Test
    void saysWhatMustBeDoneByHand() {
        cluster.node("n1", "1");

        Fix fix =
                best(
                        pod(
                                "p",
                                "1",
                                "",
                                "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'c'}}]"));

        assertTrue(!fix.verified());
        assertTrue(
                fix.changes().getFirst().description().contains("\"c\" not found"), fix::toString);
    }

    /** Goal: 95 of 100 fixes work when the scheduler itself is asked. */
    @Test
    void fixesScheduleNearlyAllOfFiveHundredPendingPods() {
        Random random = new Random(42);
        int pending = 0;
        int fixed = 0;
        List<String> failures = new ArrayList<>();
        while (pending < 500) {
            TestCluster made = cluster(random);
            ObjectNode pod = randomPod("pending", random);
            if (made.place(pod) instanceof Placement.Found) {
                continue;
            }
            pending++;
            List<Fix> fixes =
                    new FixFinder(made.profile(), _ -> Map.of()).find(pod, made.snapshot());
            if (!fixes.isEmpty() && works(fixes.getFirst(), pod, made)) {
                fixed++;
            } else {
                failures.add(made.answer(pod) + " -> " + fixes);
            }
        }
        assertTrue(fixed >= 475, fixed + " of 500; " + failures);
    }

    /** Applies a fix to what the API would hold and asks a scheduler that knows nothing of it. */
    private static boolean works(Fix fix, ObjectNode pod, TestCluster made) {
        ObjectNode changed = pod.deepCopy();
        Snapshot snapshot = made.snapshot();
        for (Change change : fix.changes()) {
            switch (change) {
                case Change.OfPod ofPod -> ofPod.apply(changed);
                case Change.OfNode ofNode -> snapshot = FixFinder.changed(snapshot, ofNode);
                case Change.RemovePods(var pods) -> snapshot = FixFinder.without(snapshot, pods);
                case Change.ByHand _ -> {
                    return false;
                }
            }
        }
        Placer placer =
                new Placer(
                        TestProfiles.of(_ -> LabelSelector.EVERYTHING, _ -> Map.of()),
                        new Nominations(),
                        new Random(0));
        return placer.place(new PodReader().read(changed), snapshot) instanceof Placement.Found;
    }

    private static TestCluster cluster(Random random) {
        TestCluster made = new TestCluster();
        int nodes = 1 + random.nextInt(6);
        for (int i = 0; i < nodes; i++) {
            String labels =
                    "'topology.kubernetes.io/zone':'z"
                            + random.nextInt(2)
                            + "'"
                            + (random.nextBoolean() ? ",'disk':'hdd'" : "");
            String spec =
                    switch (random.nextInt(4)) {
                        case 0 -> "'unschedulable':true";
                        case 1 -> "'taints':[{'key':'team','value':'x','effect':'NoSchedule'}]";
                        default -> "";
                    };
            made.node("n" + i, (1 + random.nextInt(4)) + "", labels, spec);
            int pods = random.nextInt(4);
            for (int p = 0; p < pods; p++) {
                made.running("n" + i, randomPod("r" + i + "-" + p, random));
            }
        }
        return made;
    }

    private static ObjectNode randomPod(String name, Random random) {
        String labels = "'app':'a" + random.nextInt(2) + "'";
        String spec =
                switch (random.nextInt(8)) {
                    case 0 -> "'nodeSelector':{'disk':'ssd'}";
                    case 1 ->
                            "'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':"
                                    + "'kubernetes.io/hostname','labelSelector':{'matchLabels':{'app':'a0'}}}]}}";
                    case 2 ->
                            "'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'topology.kubernetes.io/zone',"
                                    + "'whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'a0'}}}]";
                    case 3 -> "'tolerations':[{'key':'team','operator':'Exists'}]";
                    case 4 ->
                            "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':"
                                    + "[{'matchExpressions':[{'key':'disk','operator':'NotIn','values':['hdd']},"
                                    + "{'key':'gpu','operator':'Exists'}]}]}}}";
                    case 5 ->
                            "'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':"
                                    + "'topology.kubernetes.io/zone','labelSelector':{'matchLabels':{'app':'a1'}}}]}}";
                    default -> "";
                };
        ObjectNode pod = pod(name, (200 + random.nextInt(2500)) + "m", labels, spec);
        if (random.nextInt(5) == 0) {
            ((ObjectNode) pod.path("spec").path("containers").get(0))
                    .set("ports", json("{'x':[{'containerPort':80,'hostPort':80}]}").get("x"));
        }
        return pod;
    }
}
