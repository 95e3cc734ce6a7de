package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives new pods their service account: its name, its token as a volume, and the secrets that it
 * pulls images with. Source: plugin/pkg/admission/serviceaccount.
 */
final class ServiceAccountAdmission implements AdmissionPlugin {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final String DEFAULT = "default";
    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** With this annotation an account lets pods use no secrets but those that it lists. */
    private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";

    private final ServiceAccounts accounts;

    ServiceAccountAdmission(ServiceAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode pod = request.object();
        if (pod == null || !isNewPod(request)) {
            return;
        }
        ObjectNode spec = Json.child(pod, "spec");
        if (isMirror(pod)) {
            // What they may not use is said before what else is wrong with them.
            refuse(request, MirrorPods.complaint(spec));
            return;
        }
        if (Json.text(spec, "serviceAccountName").isEmpty()) {
            spec.put("serviceAccountName", DEFAULT);
        }
        spec.put("serviceAccount", Json.text(spec, "serviceAccountName"));
        ObjectNode account = account(request, spec);
        if (mountsToken(account, spec)) {
            TokenVolume.addTo(spec);
        }
        ArrayNode pullSecrets = Json.arrayAt(account, "imagePullSecrets");
        if (pullSecrets != null
                && !pullSecrets.isEmpty()
                && Json.objects(spec, "imagePullSecrets").isEmpty()) {
            ArrayNode own = spec.putArray("imagePullSecrets");
            pullSecrets.forEach(secret -> own.addObject().put("name", Json.text(secret, "name")));
        }
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectNode pod = request.object();
        if (pod == null) {
            return;
        }
        if (isNewPod(request)) {
            validateNew(request, pod);
        } else if (request.operation() == Operation.UPDATE
                && request.subresource().equals("ephemeralcontainers")
                && request.kind().groupResource().equals(PODS)) {
            ObjectNode spec = Json.child(pod, "spec");
            ObjectNode account = account(request, spec);
            if (enforces(account)) {
                refuse(request, MountableSecrets.complaintOfEphemeral(account, spec));
            }
        }
    }

    private void validateNew(AdmissionRequest request, ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        if (isMirror(pod)) {
            refuse(request, MirrorPods.complaint(spec));
            return;
        }
        ObjectNode account = account(request, spec);
        if (enforces(account)) {
            refuse(request, MountableSecrets.complaint(account, spec));
        }
    }

    private static void refuse(AdmissionRequest request, @Nullable String complaint) {
        if (complaint != null) {
            throw ApiException.forbidden(PODS, request.name(), complaint);
        }
    }

    /** The account that a pod names. */
    private ObjectNode account(AdmissionRequest request, ObjectNode spec) {
        String name = Json.text(spec, "serviceAccountName");
        // A new namespace is given its default account by a controller, soon.
        ObjectNode account =
                name.equals(DEFAULT)
                        ? accounts.await(request.namespace(), name)
                        : accounts.find(request.namespace(), name);
        if (account == null) {
            throw ApiException.forbidden(
                    PODS,
                    request.name(),
                    "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                            .formatted(request.namespace(), name, name));
        }
        return account;
    }

    private static boolean isNewPod(AdmissionRequest request) {
        return request.operation() == Operation.CREATE && request.concerns("", "pods");
    }

    private static boolean isMirror(ObjectNode pod) {
        return Json.at(pod, "metadata", "annotations", MIRROR) != null;
    }

    private static boolean enforces(ObjectNode account) {
        return Boolean.parseBoolean(Json.text(account, "metadata", "annotations", ENFORCE));
    }

    /** What the pod says comes before what the account says. */
    private static boolean mountsToken(ObjectNode account, ObjectNode spec) {
        JsonNode own = Json.at(spec, "automountServiceAccountToken");
        JsonNode general = Json.at(account, "automountServiceAccountToken");
        JsonNode decisive = own != null && own.isBoolean() ? own : general;
        return decisive == null || decisive.asBoolean(true);
    }
}
