package dev.pilothouse.server.controller.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.services.BackendPod;
import dev.pilothouse.server.controller.services.ServiceView;
import dev.pilothouse.server.testing.TestCluster;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;

class SubsetsTest {

    private static final ServiceView SERVICE = service("'clusterIP':'10.96.0.9'");

    @Test
    void groupsByAllottedPort() {
        ArrayNode subsets =
                Subsets.of(
                                SERVICE,
                                List.of(
                                        pod("a", true, "1"),
                                        pod("b", true, "2"),
                                        pod("c", false, "1")))
                        .toJson();

        assertEquals(2, subsets.size());
        assertEquals(1, subsets.get(0).path("ports").path(0).path("port").intValue());
        assertEquals("a", Json.text(subsets.get(0).path("addresses").path(0), "targetRef", "name"));
        assertEquals(
                "c",
                Json.text(subsets.get(0).path("notReadyAddresses").path(0), "targetRef", "name"));
        assertEquals(2, subsets.get(1).path("ports").path(0).path("port").intValue());
    }

    @Test
    void leavesOutUnreadyPodsFirstWhenThereAreTooMany() {
        List<BackendPod> pods =
                IntStream.range(0, 1200).mapToObj(i -> pod("p" + i, i < 900, "1")).toList();

        Subsets subsets = Subsets.of(SERVICE, pods);

        assertTrue(subsets.overCapacity());
        assertEquals(900, subsets.toJson().get(0).path("addresses").size());
        assertEquals(100, subsets.toJson().get(0).path("notReadyAddresses").size());
    }

    @Test
    void headlessServiceWithoutPortsHasAddressesOnly() {
        ServiceView headless =
                ServiceView.of(
                        TestCluster.json(
                                "{'metadata':{'name':'s'},'spec':{'clusterIP':'None','selector':{'a':'b'}}}"));

        ArrayNode subsets = Subsets.of(headless, List.of(pod("a", true, "1"))).toJson();

        assertEquals(1, subsets.get(0).path("addresses").size());
        assertTrue(subsets.get(0).path("ports").isMissingNode());
    }

    private static ServiceView service(String spec) {
        return ServiceView.of(
                TestCluster.json(
                        "{'metadata':{'name':'s','namespace':'n'},'spec':{"
                                + spec
                                + ",'selector':{'a':'b'},'ports':[{'name':'http','port':80,'targetPort':8080}]}}"));
    }

    private static BackendPod pod(String name, boolean ready, String host) {
        return BackendPod.of(
                TestCluster.json(
                        """
                        {'metadata':{'name':'%s','namespace':'n','annotations':{'pilothouse.dev/ports':'8080=%s'}},
                         'spec':{'nodeName':'x'},
                         'status':{'podIP':'10.1.1.1','conditions':[{'type':'Ready','status':'%s'}]}}\
                        """
                                .formatted(name, host, ready ? "True" : "False")));
    }
}
