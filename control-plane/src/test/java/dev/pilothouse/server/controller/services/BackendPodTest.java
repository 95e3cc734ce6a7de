package dev.pilothouse.server.controller.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.testing.TestCluster;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BackendPodTest {

    @Test
    void readsAllottedPortsAndPassesOverWhatIsNone() {
        assertEquals(
                Map.of(8080, 41233, 9090, 41240),
                BackendPod.parseAllotted("8080=41233,9090=41240"));
        assertEquals(Map.of(80, 1), BackendPod.parseAllotted(" 80 = 1 ,,x=2,3=y,=4"));
        assertEquals(Map.of(), BackendPod.parseAllotted(""));
    }

    @Test
    void findsTargetsByNumberNameAndProtocolAndOnTheHost() {
        BackendPod pod =
                BackendPod.of(
                        TestCluster.json(
                                """
                                {'metadata':{'name':'p','annotations':{'pilothouse.dev/ports':'8080=41233'}},
                                 'spec':{'initContainers':[
                                   {'name':'done','ports':[{'name':'setup','containerPort':1}]},
                                   {'name':'side','restartPolicy':'Always','ports':[{'name':'metrics','containerPort':9100}]}],
                                  'containers':[{'name':'c','ports':[
                                   {'name':'web','containerPort':8080},
                                   {'name':'dns','containerPort':53,'protocol':'UDP'}]}]}}\
                                """));

        assertEquals(OptionalInt.of(41233), pod.target(port("'targetPort':'web'")));
        assertEquals(OptionalInt.of(41233), pod.target(port("'targetPort':8080")));
        assertEquals(OptionalInt.of(80), pod.target(port("'protocol':'TCP'")));
        assertEquals(OptionalInt.of(9100), pod.target(port("'targetPort':'metrics'")));
        assertEquals(OptionalInt.empty(), pod.target(port("'targetPort':'setup'")));
        assertEquals(OptionalInt.empty(), pod.target(port("'targetPort':'dns'")));
        assertEquals(OptionalInt.of(53), pod.target(port("'targetPort':'dns','protocol':'UDP'")));
    }

    private static ServicePort port(String fields) {
        return ServicePort.of(TestCluster.json("{'port':80," + fields + "}"));
    }
}
