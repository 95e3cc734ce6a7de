package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The volume by which pods speak to the API server. Source: TokenVolumeSource of Kubernetes. */
final class TokenVolume {

    private static final String PREFIX = "kube-api-access-";
    private static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** An hour, and a little by which such tokens can be told from those asked for by hand. */
    private static final int SECONDS = 3607;

    /** 0644. */
    private static final int MODE = 420;

    /** Without vowels and what looks alike. Source: apimachinery's rand package. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int RANDOM_LETTERS = 5;

    private TokenVolume() {}

    /** Mounts the volume in every container that has nothing else there. */
    static void addTo(ObjectNode spec) {
        String present = present(spec);
        String name = present.isEmpty() ? PREFIX + randomLetters() : present;
        boolean needed = false;
        for (String list : List.of("initContainers", "containers")) {
            for (ObjectNode container : Json.objects(spec, list)) {
                needed |= mount(container, name);
            }
        }
        if (needed && present.isEmpty()) {
            ArrayNode volumes =
                    spec.get("volumes") instanceof ArrayNode array
                            ? array
                            : spec.putArray("volumes");
            fill(volumes.addObject().put("name", name).putObject("projected"));
        }
    }

    private static String present(ObjectNode spec) {
        for (ObjectNode volume : Json.objects(spec, "volumes")) {
            String name = Json.text(volume, "name");
            if (name.startsWith(PREFIX)) {
                return name;
            }
        }
        return "";
    }

    private static boolean mount(ObjectNode container, String volume) {
        for (ObjectNode mount : Json.objects(container, "volumeMounts")) {
            if (Json.text(mount, "mountPath").equals(PATH)) {
                return false;
            }
        }
        ArrayNode mounts =
                container.get("volumeMounts") instanceof ArrayNode array
                        ? array
                        : container.putArray("volumeMounts");
        mounts.addObject().put("mountPath", PATH).put("name", volume).put("readOnly", true);
        return true;
    }

    private static void fill(ObjectNode projected) {
        projected.put("defaultMode", MODE);
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", SECONDS)
                .put("path", "token");
        ObjectNode authority = sources.addObject().putObject("configMap");
        authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        authority.put("name", "kube-root-ca.crt");
        ObjectNode namespace =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        namespace
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        namespace.put("path", "namespace");
    }

    private static String randomLetters() {
        StringBuilder letters = new StringBuilder(RANDOM_LETTERS);
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            letters.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        return letters.toString();
    }
}
