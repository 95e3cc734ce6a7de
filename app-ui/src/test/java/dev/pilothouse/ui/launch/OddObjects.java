package dev.pilothouse.ui.launch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.io.IOException;
import java.util.Base64;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects as odd as a Kubernetes API server takes them. */
final class OddObjects {

    static final Kind POD = new Kind("", "v1", "pods", "Pod", true);
    static final Kind CONFIG_MAP = new Kind("", "v1", "configmaps", "ConfigMap", true);
    static final Kind SECRET = new Kind("", "v1", "secrets", "Secret", true);
    static final Kind DEPLOYMENT = new Kind("apps", "v1", "deployments", "Deployment", true);

    /** The longest name of a namespace: a DNS label (RFC 1123). */
    static final String NAMESPACE = "n".repeat(30) + "-" + "s".repeat(32);

    /** The longest name: a DNS subdomain. */
    static final String NAME = name("x");

    /** Hebrew and Arabic between Latin, with a zero-width joiner, an override and an emoji. */
    static final String MIXED =
            "deploy \u05e9\u05dc\u05d5\u05dd web \u0645\u0631\u062d\u0628\u0627 v1.2"
                    + " \u202Ereversed\u202C zero\u200Bwidth\u200D \uD83D\uDE80\uD83D\uDC69\u200D\uD83D\uDCBB e\u0301 end";

    /** The most that annotations may have together. */
    private static final int ANNOTATIONS = 262_144;

    /** The most that a ConfigMap or Secret may have. */
    private static final int DATA = 1_048_576;

    private OddObjects() {}

    /** 253 letters, as four labels. */
    static String name(String letter) {
        String label = letter.repeat(63);
        return label + "." + label + "." + label + "." + letter.repeat(61);
    }

    static void create(Api api) throws IOException, InterruptedException {
        api.create(
                "/api/v1/namespaces",
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \""
                        + NAMESPACE
                        + "\"}}");
        create(api, "configmaps", configMap());
        create(api, "configmaps", manyLines());
        create(api, "secrets", secret());
        create(api, "pods", pod(NAME, 1));
        create(api, "pods", pod("many-containers", 24));
    }

    static void create(Api api, String resource, ObjectNode object)
            throws IOException, InterruptedException {
        api.create("/api/v1/namespaces/" + NAMESPACE + "/" + resource, object.toString());
    }

    static ObjectRef ref(Kind kind, String name) {
        return ObjectRef.of(kind, NAMESPACE, name);
    }

    private static ObjectNode object(String kind, String name) {
        ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", kind);
        object.putObject("metadata").put("name", name).put("namespace", NAMESPACE);
        return object;
    }

    /** One value of 900 kB in one line, odd texts, and annotations as large as they may be. */
    private static ObjectNode configMap() {
        ObjectNode map = object("ConfigMap", NAME);
        ObjectNode metadata = (ObjectNode) map.get("metadata");
        metadata.putObject("labels")
                .put("l".repeat(63), "v".repeat(63))
                .put("p".repeat(60) + ".example.org/" + "k".repeat(63), "short");
        metadata.putObject("annotations")
                .put("note", MIXED)
                .put("control", "bell\u0007 escape\u001b[31m back\b nul\u0000 end")
                .put("large", "0123456789".repeat((ANNOTATIONS - 2_000) / 10));
        map.putObject("data")
                .put("mixed", MIXED)
                .put("k".repeat(253), "a key of 253 letters")
                .put("line", "abcdefghi ".repeat(90_000));
        return map;
    }

    private static ObjectNode manyLines() {
        ObjectNode map = object("ConfigMap", "many-lines");
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < DATA - 200; i++) {
            text.append("line ").append(i).append(": some: {yaml: [like, text]} # of a file\n");
        }
        map.putObject("data").put("file.txt", text.toString());
        return map;
    }

    /** Of 1.4 MB, as base64 makes it. */
    private static ObjectNode secret() {
        ObjectNode secret = object("Secret", "large");
        secret.put("type", "Opaque");
        byte[] bytes = new byte[DATA - 100];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 7);
        }
        secret.putObject("data").put("binary", Base64.getEncoder().encodeToString(bytes));
        return secret;
    }

    private static ObjectNode pod(String name, int containers) {
        ObjectNode pod = object("Pod", name);
        ((ObjectNode) pod.get("metadata")).putObject("labels").put("app", "v".repeat(63));
        ((ObjectNode) pod.get("metadata")).putObject("annotations").put("note", MIXED);
        ArrayNode list = pod.putObject("spec").putArray("containers");
        for (int i = 0; i < containers; i++) {
            ObjectNode container =
                    list.addObject()
                            .put("name", "c" + "o".repeat(58) + "-" + (100 + i))
                            .put("image", "registry.example.org/" + "i".repeat(200) + ":" + i);
            ArrayNode variables = container.putArray("env");
            variables.addObject().put("name", "MIXED").put("value", MIXED);
            variables.addObject().put("name", "LONG").put("value", "word".repeat(200));
        }
        return pod;
    }
}
