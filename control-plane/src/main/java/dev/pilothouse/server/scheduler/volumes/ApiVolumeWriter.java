package dev.pilothouse.server.scheduler.volumes;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Writes to the API server. */
public final class ApiVolumeWriter implements VolumeWriter {

    private static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    private final ResourceClient claims;
    private final ResourceClient volumes;

    /** Acts as this client. */
    public ApiVolumeWriter(ApiClient client) {
        this.claims = client.resource(StorageInformers.CLAIMS);
        this.volumes = client.resource(StorageInformers.VOLUMES);
    }

    @Override
    public void give(Volume volume, Claim claim) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").putObject("annotations").put(BOUND_BY_CONTROLLER, "yes");
        patch.putObject("spec")
                .putObject("claimRef")
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", claim.namespace())
                .put("name", claim.name())
                .put("uid", claim.uid());
        volumes.patch("", volume.name(), PatchForm.MERGE, patch);
    }

    @Override
    public void provision(Claim claim, String node) {
        ObjectNode patch = Json.object();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", claim.uid());
        metadata.putObject("annotations").put(StorageReader.SELECTED_NODE, node);
        claims.patch(claim.namespace(), claim.name(), PatchForm.MERGE, patch);
    }
}
