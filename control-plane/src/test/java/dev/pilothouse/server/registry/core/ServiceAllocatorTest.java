package dev.pilothouse.server.registry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.request.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class ServiceAllocatorTest {

    private static final ServiceStrategy STRATEGY = new ServiceStrategy();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    private static ObjectNode service(String spec) {
        ObjectNode service = Json.parseObject(("{'spec':" + spec + "}").replace('\'', '"'));
        STRATEGY.setDefaults(service);
        return service;
    }

    private List<String> allocate(ObjectNode service, Predicate<String> ips, IntPredicate ports) {
        FieldErrors errors = new FieldErrors();
        ServiceAllocator.STANDARD.allocate(service, null, ips, ports, random, errors);
        return errors.all().stream().map(error -> error.field() + ": " + error.body()).toList();
    }

    @Test
    void choosesFromTheUpperPartOfTheRangesFirst() {
        for (int i = 0; i < 200; i++) {
            ObjectNode service = service("{'type':'NodePort','ports':[{'port':80}]}");
            assertEquals(List.of(), allocate(service, ip -> false, port -> false));
            String[] parts = Json.text(service, "spec", "clusterIP").split("\\.");
            int offset = Integer.parseInt(parts[2]) * 256 + Integer.parseInt(parts[3]);
            assertTrue(offset > 256 && offset <= 65534, Json.string(service));
            int port =
                    (int)
                            Json.number(
                                    Json.objects(service, "spec", "ports").getFirst(),
                                    0,
                                    "nodePort");
            assertTrue(port >= 30086 && port <= 32767, Json.string(service));
            assertEquals(
                    List.of(Json.text(service, "spec", "clusterIP")),
                    ServiceAllocator.addressesOf(service));
        }
    }

    @Test
    void fallsBackToTheLowerPartWhenTheUpperIsFull() {
        ObjectNode service = service("{'type':'NodePort','ports':[{'port':80}]}");
        assertEquals(
                List.of(), allocate(service, ip -> !ip.equals("10.96.0.9"), port -> port != 30001));
        assertEquals("10.96.0.9", Json.text(service, "spec", "clusterIP"));
        assertEquals(Set.of(30001), ServiceAllocator.portsOf(service));
    }

    @Test
    void refusesTakenAndOutsideValues() {
        ObjectNode service =
                service(
                        "{'type':'NodePort','clusterIP':'10.96.0.1','ports':[{'port':80,'nodePort':30007}]}");
        assertEquals(
                List.of(
                        "spec.clusterIPs: Invalid value: [\"10.96.0.1\"]: failed to allocate IP 10.96.0.1: provided IP is already allocated",
                        "spec.ports[0].nodePort: Invalid value: 30007: provided port is already allocated"),
                allocate(service, ip -> true, port -> true));
        ObjectNode outside =
                service(
                        "{'type':'NodePort','clusterIP':'10.95.0.1','ports':[{'port':80,'nodePort':80}]}");
        assertEquals(
                List.of(
                        "spec.clusterIPs: Invalid value: [\"10.95.0.1\"]: failed to allocate IP 10.95.0.1: provided IP is not in the valid range. The range of valid IPs is 10.96.0.0/16",
                        "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767"),
                allocate(outside, ip -> false, port -> false));
    }

    @Test
    void saysSoWhenNothingIsLeft() {
        ObjectNode service =
                service("{'type':'NodePort','clusterIP':'10.96.0.1','ports':[{'port':80}]}");
        assertEquals(
                List.of(
                        "spec.ports[0].nodePort: Invalid value: 0: failed to allocate a nodePort: range is full"),
                allocate(service, ip -> false, port -> true));
    }

    @Test
    void sharesTheNodePortBetweenProtocols() {
        ObjectNode service =
                service(
                        "{'type':'NodePort','ports':[{'name':'a','port':53},{'name':'b','port':53,'protocol':'UDP'}]}");
        assertEquals(List.of(), allocate(service, ip -> false, port -> false));
        assertEquals(1, ServiceAllocator.portsOf(service).size());
    }

    @Test
    void keepsWhatAnUpdateLeavesOut() {
        ObjectNode old =
                service(
                        "{'type':'NodePort','clusterIP':'10.96.3.4','ports':[{'port':80,'nodePort':31000}]}");
        ObjectNode service = service("{'type':'NodePort','ports':[{'port':80,'name':'web'}]}");
        STRATEGY.prepareForUpdate(
                service, old, new StrategyContext(UserInfo.ANONYMOUS, Instant.EPOCH));
        assertEquals("10.96.3.4", Json.text(service, "spec", "clusterIP"));
        assertEquals(Set.of(31000), ServiceAllocator.portsOf(service));
        FieldErrors errors = new FieldErrors();
        ServiceAllocator.STANDARD.allocate(service, old, ip -> true, port -> true, random, errors);
        assertTrue(errors.isEmpty());
    }

    @Test
    void dropsWhatTheNewTypeMayNotHave() {
        ObjectNode old =
                service(
                        "{'type':'LoadBalancer','clusterIP':'10.96.3.4','externalTrafficPolicy':'Local','healthCheckNodePort':31001,"
                                + "'loadBalancerClass':'a/b','ports':[{'port':80,'nodePort':31000}]}");
        ObjectNode service = old.deepCopy();
        Json.child(service, "spec").put("type", "ClusterIP");
        STRATEGY.prepareForUpdate(
                service, old, new StrategyContext(UserInfo.ANONYMOUS, Instant.EPOCH));
        FieldErrors errors = new FieldErrors();
        STRATEGY.validateUpdate(service, old, errors);
        assertEquals(List.of(), errors.all());
        assertEquals(Set.of(), ServiceAllocator.portsOf(service));
        assertEquals("10.96.3.4", Json.text(service, "spec", "clusterIP"));
        ObjectNode external = service.deepCopy();
        Json.child(external, "spec").put("type", "ExternalName").put("externalName", "a.b");
        STRATEGY.prepareForUpdate(
                external, service, new StrategyContext(UserInfo.ANONYMOUS, Instant.EPOCH));
        STRATEGY.validateUpdate(external, service, errors);
        assertEquals(List.of(), errors.all());
        assertEquals(List.of(), ServiceAllocator.addressesOf(external));
    }
}
