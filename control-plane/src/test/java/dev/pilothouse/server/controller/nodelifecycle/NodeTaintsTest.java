package dev.pilothouse.server.controller.nodelifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.nodes.Taint;
import dev.pilothouse.server.testing.TestCluster;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NodeTaintsTest {

    private static final String NOW = "2026-05-01T12:00:00Z";

    @Test
    void readyNodeHasNoneOfOurs() {
        NodeView node =
                node(
                        "'True'",
                        "",
                        "{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'},{'key':'node.kubernetes.io/not-ready','effect':'NoExecute'},"
                                + "{'key':'gpu','value':'yes','effect':'NoSchedule'},{'key':'node.kubernetes.io/unschedulable','effect':'NoSchedule'}");

        assertEquals(List.of(new Taint("gpu", "yes", "NoSchedule", "")), taints(node, true));
        assertFalse(NodeTaints.wantsEviction(node));
    }

    @Test
    void lostNodeIsUnreachable() {
        NodeView node = node("'Unknown'", "", "");

        assertEquals("[node.kubernetes.io/unreachable:NoSchedule]", names(taints(node, false)));
        assertEquals(
                "[node.kubernetes.io/unreachable:NoExecute, node.kubernetes.io/unreachable:NoSchedule]",
                names(taints(node, true)));
        assertTrue(NodeTaints.wantsEviction(node));
    }

    @Test
    void oneReasonReplacesTheOther() {
        NodeView node =
                node(
                        "'False'",
                        "",
                        "{'key':'node.kubernetes.io/unreachable','effect':'NoSchedule'},{'key':'node.kubernetes.io/unreachable','effect':'NoExecute'}");

        assertEquals(
                "[node.kubernetes.io/not-ready:NoExecute, node.kubernetes.io/not-ready:NoSchedule]",
                names(taints(node, true)));
        assertEquals(
                "[node.kubernetes.io/not-ready:NoSchedule]",
                names(NodeTaints.withoutEvictions(node, NOW)));
    }

    @Test
    void cordonAndPressureBlock() {
        NodeView node =
                NodeView.of(
                        TestCluster.json(
                                """
                                {'metadata':{'name':'n'},'spec':{'unschedulable':true},'status':{'conditions':[
                                 {'type':'Ready','status':'True'},{'type':'MemoryPressure','status':'True'},
                                 {'type':'DiskPressure','status':'False'},{'type':'PIDPressure','status':'True'},
                                 {'type':'NetworkUnavailable','status':'True'}]}}\
                                """));

        assertEquals(
                "[node.kubernetes.io/memory-pressure:NoSchedule, node.kubernetes.io/network-unavailable:NoSchedule,"
                        + " node.kubernetes.io/pid-pressure:NoSchedule, node.kubernetes.io/unschedulable:NoSchedule]",
                names(taints(node, true)));
    }

    private static List<Taint> taints(NodeView node, boolean evicts) {
        return NodeTaints.of(node, evicts, NOW);
    }

    private static String names(List<Taint> taints) {
        TreeSet<String> names = new TreeSet<>();
        taints.forEach(taint -> names.add(taint.key() + ":" + taint.effect()));
        return names.toString();
    }

    private static NodeView node(String ready, String spec, String taints) {
        return NodeView.of(
                TestCluster.json(
                        "{'metadata':{'name':'n'},'spec':{%s'taints':[%s]},'status':{'conditions':[{'type':'Ready','status':%s}]}}"
                                .formatted(spec, taints, ready)));
    }
}
