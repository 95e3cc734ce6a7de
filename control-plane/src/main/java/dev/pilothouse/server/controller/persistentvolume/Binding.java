package dev.pilothouse.server.controller.persistentvolume;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.volumes.VolumeNames;
import dev.pilothouse.server.controller.volumes.VolumeView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the two sides of a binding, each only when it is not in order, the volume first: what is
 * written halfway is finished later. Source: pv_controller.go, bind.
 */
final class Binding {

    private final ResourceClient claims;
    private final ResourceClient volumes;

    Binding(ApiClient client) {
        this.claims = client.resource(VolumeNames.CLAIMS);
        this.volumes = client.resource(VolumeNames.VOLUMES);
    }

    @Nullable ObjectNode claim(NamespacedName key) {
        return find(claims, key.namespace(), key.name());
    }

    @Nullable ObjectNode volume(String name) {
        return find(volumes, "", name);
    }

    /** Binds; fails with a conflict when either has changed meanwhile. */
    void bind(ObjectNode volume, ObjectNode claim) {
        ObjectNode bound = phase(bindVolume(volume, claim), "Bound", "");
        ObjectNode named = claim.deepCopy();
        String name = Json.text(bound, "metadata", "name");
        if (Json.text(named, "spec", "volumeName").isEmpty()) {
            Json.child(named, "spec").put("volumeName", name);
            annotate(named, VolumeNames.BOUND_BY_CONTROLLER);
        }
        annotate(named, VolumeNames.BIND_COMPLETED);
        if (!named.equals(claim)) {
            named = claims.update(named);
        }
        ObjectNode done = named.deepCopy();
        ObjectNode status = Json.child(done, "status");
        boolean first = !Json.text(status, "phase").equals("Bound");
        status.put("phase", "Bound");
        JsonNode modes = Json.at(bound, "spec", "accessModes");
        if (modes != null) {
            status.set("accessModes", modes);
        }
        JsonNode capacity = Json.at(bound, "spec", "capacity");
        if (capacity != null && (first || !status.has("capacity"))) {
            status.set("capacity", capacity);
        }
        if (!done.equals(named)) {
            claims.update(done, "status");
        }
    }

    private ObjectNode bindVolume(ObjectNode volume, ObjectNode claim) {
        ObjectNode changed = volume.deepCopy();
        ObjectNode spec = Json.child(changed, "spec");
        VolumeView view = VolumeView.of(volume);
        NamespacedName key = NamespacedName.of(claim);
        String uid = Json.text(claim, "metadata", "uid");
        if (!view.isFor(key, uid)) {
            annotate(changed, VolumeNames.BOUND_BY_CONTROLLER);
        }
        if (!view.isFor(key, uid) || view.claimUid().isEmpty()) {
            spec.putObject("claimRef")
                    .put("kind", "PersistentVolumeClaim")
                    .put("apiVersion", "v1")
                    .put("namespace", key.namespace())
                    .put("name", key.name())
                    .put("uid", uid)
                    .put("resourceVersion", Json.text(claim, "metadata", "resourceVersion"));
        }
        return changed.equals(volume) ? volume : volumes.update(changed);
    }

    /** Sets the phase of a volume. */
    ObjectNode phase(ObjectNode volume, String phase, String message) {
        if (Json.text(volume, "status", "phase").equals(phase)
                && Json.text(volume, "status", "message").equals(message)) {
            return volume;
        }
        ObjectNode changed = volume.deepCopy();
        ObjectNode status = Json.child(changed, "status");
        status.put("phase", phase);
        if (message.isEmpty()) {
            status.remove("message");
        } else {
            status.put("message", message);
        }
        return volumes.update(changed, "status");
    }

    /** Sets the phase of a claim that is not bound. */
    void phaseOfClaim(ObjectNode claim, String phase) {
        if (!Json.text(claim, "status", "phase").equals(phase)) {
            ObjectNode changed = claim.deepCopy();
            changed.putObject("status").put("phase", phase);
            claims.update(changed, "status");
        }
    }

    /** Lets go of a claim that has been bound elsewhere. */
    void unbind(ObjectNode volume) {
        ObjectNode changed = volume.deepCopy();
        if (VolumeView.of(volume).chosen()) {
            Json.child(changed, "spec").remove("claimRef");
            Json.child(Json.child(changed, "metadata"), "annotations")
                    .remove(VolumeNames.BOUND_BY_CONTROLLER);
        } else {
            ObjectNode reference =
                    Objects.requireNonNull(Json.objectAt(changed, "spec", "claimRef"));
            reference.remove("uid");
        }
        phase(volumes.update(changed), "Available", "");
    }

    /** Asks somebody to make a volume. */
    void askFor(ObjectNode claim, String provisioner) {
        ObjectNode changed = claim.deepCopy();
        ObjectNode annotations = Json.child(Json.child(changed, "metadata"), "annotations");
        annotations.put(VolumeNames.BETA_PROVISIONER, provisioner);
        annotations.put(VolumeNames.PROVISIONER, provisioner);
        if (!changed.equals(claim)) {
            claims.update(changed);
        }
    }

    private static void annotate(ObjectNode object, String annotation) {
        Json.child(Json.child(object, "metadata"), "annotations").put(annotation, "yes");
    }

    private static @Nullable ObjectNode find(ResourceClient client, String namespace, String name) {
        try {
            return client.get(namespace, name);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }
}
