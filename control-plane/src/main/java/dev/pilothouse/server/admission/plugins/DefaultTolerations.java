package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets pods stay five minutes on a node that is lost. Source:
 * plugin/pkg/admission/defaulttolerationseconds.
 */
final class DefaultTolerations implements AdmissionPlugin {

    private static final List<String> TAINTS =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    private static final int SECONDS = 300;

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode pod = request.object();
        if (pod == null
                || !request.concerns("", "pods")
                || request.operation() != Operation.CREATE) {
            return;
        }
        ObjectNode spec = Json.child(pod, "spec");
        for (String taint : TAINTS) {
            if (!tolerates(spec, taint)) {
                ArrayNode tolerations =
                        spec.get("tolerations") instanceof ArrayNode array
                                ? array
                                : spec.putArray("tolerations");
                tolerations
                        .addObject()
                        .put("key", taint)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", SECONDS);
            }
        }
    }

    private static boolean tolerates(ObjectNode spec, String taint) {
        return Json.objects(spec, "tolerations").stream()
                .anyMatch(toleration -> {
                    String key = Json.text(toleration, "key");
                    String effect = Json.text(toleration, "effect");
                    return (key.isEmpty() || key.equals(taint))
                            && (effect.isEmpty() || effect.equals("NoExecute"));
                });
    }
}
