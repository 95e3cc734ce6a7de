package dev.pilothouse.server.controller.endpointslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SliceDiffTest {

    private static final SliceKey KEY =
            new SliceKey("IPv4", List.of(new SlicePort("http", 80, "TCP", "")));

    private int made;

    @Test
    void makesSlicesOfHundred() {
        SliceDiff diff = SliceDiff.of(List.of(), Map.of(KEY, endpoints(0, 250)));

        assertEquals(
                List.of(100, 100, 50),
                diff.creates().stream().map(added -> added.endpoints().size()).toList());
    }

    @Test
    void changesOnlyTheSliceOfWhatHasChanged() {
        List<ObjectNode> present = List.of(slice(KEY, 0, 100), slice(KEY, 100, 200));
        List<ObjectNode> wanted = new ArrayList<>(endpoints(0, 200));
        wanted.set(150, endpoint(150, false));

        SliceDiff diff = SliceDiff.of(present, Map.of(KEY, wanted));

        assertEquals(List.of(present.get(1)), diff.updates());
        assertEquals(List.of(present.get(0)), diff.unchanged());
        assertTrue(diff.creates().isEmpty() && diff.deletes().isEmpty());
    }

    @Test
    void fillsGapsOfChangedSlicesFirst() {
        List<ObjectNode> present = List.of(slice(KEY, 0, 100), slice(KEY, 100, 150));
        List<ObjectNode> wanted = endpoints(1, 151);

        SliceDiff diff = SliceDiff.of(present, Map.of(KEY, wanted));

        assertEquals(List.of(present.get(0)), diff.updates());
        assertEquals(100, present.get(0).path("endpoints").size());
    }

    @Test
    void addsToTheFullestSliceWithRoom() {
        List<ObjectNode> present =
                List.of(slice(KEY, 0, 20), slice(KEY, 20, 110), slice(KEY, 110, 210));

        SliceDiff diff = SliceDiff.of(present, Map.of(KEY, endpoints(0, 215)));

        assertEquals(List.of(present.get(1)), diff.updates());
        assertTrue(diff.creates().isEmpty());
    }

    @Test
    void reusesSlicesWhosePortsAreGone() {
        SliceKey other = new SliceKey("IPv4", List.of(new SlicePort("http", 81, "TCP", "")));
        List<ObjectNode> present = List.of(slice(KEY, 0, 10));

        SliceDiff diff = SliceDiff.of(present, Map.of(other, endpoints(0, 10)));

        assertEquals(List.of(present.getFirst()), diff.updates());
        assertEquals(other, SliceKey.of(present.getFirst()));
        assertTrue(diff.creates().isEmpty() && diff.deletes().isEmpty());
    }

    /** Whatever came before, the slices hold exactly what is wanted, and none is too full. */
    @Test
    void comesToWhatIsWantedFromAnywhere() {
        Random random = new Random(7);
        List<ObjectNode> slices = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            Map<SliceKey, List<ObjectNode>> wanted = new HashMap<>();
            Map<String, Boolean> expected = new HashMap<>();
            int size = random.nextInt(400);
            for (int i = 0; i < size; i++) {
                int id = random.nextInt(500);
                boolean ready = random.nextBoolean();
                SliceKey key =
                        new SliceKey("IPv4", List.of(new SlicePort("http", id % 3, "TCP", "")));
                if (expected.putIfAbsent("10.0.0." + id, ready) == null) {
                    wanted.computeIfAbsent(key, _ -> new ArrayList<>()).add(endpoint(id, ready));
                }
            }
            SliceDiff diff = SliceDiff.of(slices, wanted);
            slices = new ArrayList<>(diff.unchanged());
            slices.addAll(diff.updates());
            for (SliceDiff.Added added : diff.creates()) {
                ObjectNode slice = slice(added.key(), 0, 0);
                slice.set("endpoints", added.endpoints());
                slices.add(slice);
            }
            Map<String, Boolean> found = new HashMap<>();
            for (ObjectNode slice : slices) {
                assertTrue(slice.path("endpoints").size() <= SliceDiff.CAPACITY);
                for (JsonNode endpoint : slice.path("endpoints")) {
                    String ip = endpoint.path("addresses").path(0).stringValue();
                    found.put(ip, Json.bool(endpoint, "conditions", "ready"));
                }
            }
            assertEquals(expected, found);
        }
    }

    private ObjectNode slice(SliceKey key, int from, int to) {
        ObjectNode slice = Json.object();
        slice.putObject("metadata").put("name", "slice-" + made++);
        slice.put("addressType", key.addressType());
        slice.set("ports", key.portsJson());
        var array = slice.putArray("endpoints");
        endpoints(from, to).forEach(array::add);
        return slice;
    }

    private static List<ObjectNode> endpoints(int from, int to) {
        return IntStream.range(from, to).mapToObj(id -> endpoint(id, true)).toList();
    }

    private static ObjectNode endpoint(int id, boolean ready) {
        ObjectNode endpoint = Json.object();
        endpoint.putArray("addresses").add("10.0.0." + id);
        endpoint.putObject("conditions").put("ready", ready);
        endpoint.putObject("targetRef").put("uid", "uid-" + id);
        return endpoint;
    }
}
