package dev.pilothouse.ui.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class YamlEditTest {

    private static final String DEPLOYMENT =
            """
            # The shop's front.
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web # never change this
              labels: {app: web}
            spec:
              replicas: 2 # by hand
              template:
                spec:
                  containers:
                  # what customers see
                  - name: nginx
                    image: nginx:1
                    args:
                    - "-v"
                  - image: helper:1
                    name: helper # second
                  volumes: []
            """;

    @Test
    void changesScalarsAndKeepsComments() {
        ObjectNode wanted = read(DEPLOYMENT);
        Json.objectAt(wanted, "spec").put("replicas", 5);
        containers(wanted).get(0).put("image", "nginx:2");

        String text = YamlEdit.rewrite(DEPLOYMENT, 0, wanted);

        assertEquals(
                DEPLOYMENT
                        .replace("replicas: 2", "replicas: 5")
                        .replace("image: nginx:1", "image: nginx:2"),
                text);
    }

    @Test
    void addsAndRemovesFieldsAndItemsInPlace() {
        ObjectNode wanted = read(DEPLOYMENT);
        ObjectNode spec = Json.objectAt(wanted, "spec", "template", "spec");
        ArrayNode containers = Json.arrayAt(spec, "containers");
        containers.remove(0);
        containers.addObject().put("name", "last").put("image", "last:1");
        spec.put("nodeName", "n1");
        Json.objectAt(wanted, "spec").remove("replicas");

        String text = YamlEdit.rewrite(DEPLOYMENT, 0, wanted);

        assertEquals(wanted, read(text));
        assertTrue(text.startsWith("# The shop's front.\n"), text);
        assertTrue(text.contains("name: helper # second\n      - image: last:1\n"), text);
        assertTrue(text.contains("volumes: []\n      nodeName: n1\n"), text);
        assertTrue(!text.contains("by hand"), text);
    }

    @Test
    void writesTextOfSeveralLinesAndTakesItAwayAgain() {
        String text = "data:\n  a: x # why\n  b: |\n    one\n    two\nkind: ConfigMap\n";
        ObjectNode wanted = read(text);
        ObjectNode data = Json.objectAt(wanted, "data");
        data.put("a", "first\nsecond\n").put("b", "short");

        String changed = YamlEdit.rewrite(text, 0, wanted);

        assertEquals(
                "data:\n  a: |\n    first\n    second\n  b: short\nkind: ConfigMap\n", changed);
    }

    @Test
    void changesOneOfSeveralDocuments() {
        String text = "kind: A\nx: 1\n---\n# second\nkind: B\nx: 1\n---\nkind: C\n";
        ObjectNode wanted = YamlDocument.parse(text).get(1).object().deepCopy();
        wanted.put("x", 2);

        assertEquals(text.replace("kind: B\nx: 1", "kind: B\nx: 2"), rewrite(text, 1, wanted));
        assertEquals(
                text + "---\nkind: D\n", YamlEdit.rewrite(text, 3, Json.object().put("kind", "D")));
    }

    private static String rewrite(String text, int index, ObjectNode wanted) {
        return YamlEdit.rewrite(text, index, wanted);
    }

    /** Whatever the change, the text says afterwards what was wanted. */
    @Test
    void randomChangesComeOutAsWanted() {
        Random random = new Random(7);
        String text = DEPLOYMENT;
        int lost = 0;
        for (int turn = 0; turn < 600; turn++) {
            ObjectNode wanted = read(text).deepCopy();
            for (int i = 0; i <= random.nextInt(3); i++) {
                disturb(wanted, random);
            }
            String changed = YamlEdit.rewrite(text, 0, wanted);
            assertEquals(wanted, read(changed), changed);
            boolean kept = changed.startsWith("# The shop's front.");
            lost += kept ? 0 : 1;
            text = kept && turn % 20 < 19 ? changed : DEPLOYMENT;
        }
        assertTrue(lost < 20, "comments lost " + lost);
    }

    private static void disturb(JsonNode node, Random random) {
        switch (node) {
            case ObjectNode object when !object.isEmpty() && random.nextInt(3) > 0 -> {
                List<String> names = List.copyOf(object.propertyNames());
                disturb(object.get(names.get(random.nextInt(names.size()))), random);
            }
            case ObjectNode object -> {
                List<String> names = List.copyOf(object.propertyNames());
                if (!names.isEmpty() && random.nextBoolean()) {
                    object.remove(names.get(random.nextInt(names.size())));
                } else {
                    object.set("key" + random.nextInt(4), value(random));
                }
            }
            case ArrayNode array when !array.isEmpty() && random.nextInt(3) > 0 ->
                    disturb(array.get(random.nextInt(array.size())), random);
            case ArrayNode array -> {
                if (!array.isEmpty() && random.nextBoolean()) {
                    array.remove(random.nextInt(array.size()));
                } else {
                    array.insert(random.nextInt(array.size() + 1), value(random));
                }
            }
            default -> {}
        }
    }

    private static JsonNode value(Random random) {
        ObjectNode holder = Json.object();
        switch (random.nextInt(9)) {
            case 0 -> holder.put("v", random.nextInt(100));
            case 1 -> holder.put("v", "text: with # signs");
            case 2 -> holder.put("v", "several\nlines\n");
            case 3 -> holder.putObject("v").put("name", "n" + random.nextInt(9)).put("x", true);
            case 4 -> holder.putArray("v").add("a").addObject().put("name", "deep");
            case 5 -> holder.putNull("v");
            case 6 -> holder.put("v", "");
            case 7 -> holder.putObject("v");
            default -> holder.put("v", "true");
        }
        return holder.get("v");
    }

    private static List<ObjectNode> containers(ObjectNode object) {
        return Json.objects(object, "spec", "template", "spec", "containers");
    }

    private static ObjectNode read(String text) {
        List<YamlDocument> documents = YamlDocument.parse(text);
        assertEquals(List.of(), documents.getFirst().problems(), text);
        return documents.getFirst().object();
    }
}
