package dev.pilothouse.server.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pilothouse.model.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ServiceViewTest {

    private static final String BALANCED =
            """
            {"metadata": {"namespace": "default", "name": "web"},
             "spec": {"type": "LoadBalancer", "clusterIP": "10.96.3.7",
               "sessionAffinity": "ClientIP",
               "ports": [{"name": "http", "port": 80, "nodePort": 30080},
                         {"name": "dns", "port": 53, "protocol": "UDP"}]}}
            """;

    private static ServiceView view(String json) {
        return ServiceView.of(Json.parseObject(json));
    }

    @Test
    void readsWhatMatters() {
        ServiceView view = view(BALANCED);

        assertEquals(true, view.balanced());
        assertEquals(List.of(new ServiceView.Port("http", 80, 30080)), view.ports());
        assertEquals(Duration.ofHours(3), view.affinity());
    }

    @Test
    void leavesHeadlessAndExternalServicesAlone() {
        assertEquals("", view("{\"spec\": {\"clusterIP\": \"None\"}}").clusterIp());
        assertEquals(
                "",
                view("{\"spec\": {\"type\": \"ExternalName\", \"clusterIP\": \"\"}}").clusterIp());
    }

    @Test
    void saysWhereTheBalancerListensAndWhereNot() {
        ObjectNode listening = BalancerStatus.patch(view(BALANCED), _ -> true);
        assertEquals(
                "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"127.0.0.1\",\"ipMode\":\"Proxy\","
                        + "\"ports\":[{\"port\":80,\"protocol\":\"TCP\"}]}]}}}",
                Json.string(listening));
        ObjectNode deaf = BalancerStatus.patch(view(BALANCED), _ -> false);
        assertEquals(
                "pilothouse.dev/port-not-available",
                Json.text(
                        Json.objects(deaf, "status", "loadBalancer", "ingress")
                                .getFirst()
                                .path("ports")
                                .get(0),
                        "error"));
    }

    @Test
    void writesNothingThatIsThereAlready() {
        ObjectNode service = Json.parseObject(BALANCED);
        Json.child(service, "status")
                .setAll(
                        Json.child(
                                BalancerStatus.patch(ServiceView.of(service), _ -> true),
                                "status"));

        assertNull(BalancerStatus.patch(ServiceView.of(service), _ -> true));
    }

    @Test
    void takesBackItsOwnStatusOnly() {
        String plain =
                """
                {"spec": {"type": "ClusterIP", "clusterIP": "10.96.3.7"},
                 "status": {"loadBalancer": {"ingress": [{"ip": "%s"}]}}}
                """;
        assertEquals(
                "{\"status\":{\"loadBalancer\":{\"ingress\":null}}}",
                Json.string(BalancerStatus.patch(view(plain.formatted("127.0.0.1")), _ -> true)));
        assertNull(BalancerStatus.patch(view(plain.formatted("203.0.113.1")), _ -> true));
    }

    @Test
    void givesClusterIpsLoopbackAddresses() {
        assertEquals("127.96.3.7", LoopbackAddresses.of("10.96.3.7").getHostAddress());
        assertNull(LoopbackAddresses.of("fd00::1"));
        assertNull(LoopbackAddresses.of(""));
    }
}
