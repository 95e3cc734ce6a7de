package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds those volumes of a pod that matter for where it can run. */
final class VolumeReader {

    private VolumeReader() {}

    static List<PodVolume> read(String pod, JsonNode spec) {
        ArrayNode volumes = Json.arrayAt(spec, "volumes");
        if (volumes == null) {
            return List.of();
        }
        List<PodVolume> matter = new ArrayList<>();
        for (JsonNode volume : volumes) {
            PodVolume read = read(pod, volume, Json.text(volume, "name"));
            if (read != null) {
                matter.add(read);
            }
        }
        return matter;
    }

    private static @Nullable PodVolume read(String pod, JsonNode volume, String name) {
        ObjectNode claim = Json.objectAt(volume, "persistentVolumeClaim");
        if (claim != null) {
            return new PodVolume(
                    name, Json.text(claim, "claimName"), false, "", Json.bool(claim, "readOnly"));
        }
        if (Json.objectAt(volume, "ephemeral") != null) {
            return new PodVolume(name, pod + "-" + name, true, "", false);
        }
        ObjectNode google = Json.objectAt(volume, "gcePersistentDisk");
        if (google != null) {
            return disk(name, "gce/" + Json.text(google, "pdName"), Json.bool(google, "readOnly"));
        }
        ObjectNode amazon = Json.objectAt(volume, "awsElasticBlockStore");
        if (amazon != null) {
            // Two pods cannot share one, not even for reading.
            return disk(name, "ebs/" + Json.text(amazon, "volumeID"), false);
        }
        ObjectNode iscsi = Json.objectAt(volume, "iscsi");
        if (iscsi != null) {
            return disk(name, "iscsi/" + Json.text(iscsi, "iqn"), Json.bool(iscsi, "readOnly"));
        }
        ObjectNode ceph = Json.objectAt(volume, "rbd");
        if (ceph != null) {
            String image =
                    "rbd/"
                            + Selectors.strings(ceph, "monitors")
                            + "/"
                            + Json.text(ceph, "pool")
                            + "/"
                            + Json.text(ceph, "image");
            return disk(name, image, Json.bool(ceph, "readOnly"));
        }
        return null;
    }

    private static PodVolume disk(String name, String disk, boolean readOnly) {
        return new PodVolume(name, "", false, disk, readOnly);
    }
}
