package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what becomes of one pod, when it differs from what was written last. Used by one thread.
 */
final class PodStatusWriter {

    /** The annotation that says where the declared ports of a pod are on its address. */
    static final String PORTS = "pilothouse.dev/ports";

    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    private final ResourceClient pods;
    private @Nullable ObjectNode written;

    PodStatusWriter(ApiClient client) {
        this.pods = client.resource(PODS);
    }

    /** Writes a status unless it is the one written last; a pod that is gone is left alone. */
    void write(PodTree pod, ObjectNode status) {
        if (status.equals(written)) {
            return;
        }
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", pod.uid());
        ObjectNode whole = status.deepCopy();
        for (String field : new String[] {"reason", "message"}) {
            if (!whole.has(field) && Json.at(pod.tree(), "status", field) != null) {
                whole.putNull(field);
            }
        }
        patch.set("status", whole);
        try {
            pods.patch(pod.namespace(), pod.name(), "status", PatchForm.STRATEGIC, patch);
            written = status;
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && !isOther(e)) {
                throw e;
            }
        }
    }

    /** Says where the ports of a pod are, when they are not where it declares them. */
    void annotate(PodTree pod, Map<String, Integer> portMap) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(portMap)
                .forEach((port, host) -> {
                    String protocol = port.substring(0, port.indexOf('/'));
                    String number = port.substring(port.indexOf('/') + 1);
                    text.append(text.isEmpty() ? "" : ",");
                    text.append(protocol.equals("TCP") ? number : number + "/" + protocol);
                    text.append('=').append(host);
                });
        String now = Json.text(pod.tree(), "metadata", "annotations", PORTS);
        if (text.toString().equals(now)) {
            return;
        }
        ObjectNode patch = Json.object();
        ObjectNode metadata = patch.putObject("metadata").put("uid", pod.uid());
        metadata.putObject("annotations").put(PORTS, text.toString());
        pods.patch(pod.namespace(), pod.name(), PatchForm.MERGE, patch);
    }

    /** Confirms that nothing of a deleted pod is left on the node. */
    void confirmDeletion(PodTree pod) {
        DeleteOptions options = new DeleteOptions(Propagation.DEFAULT, 0, pod.uid(), "");
        try {
            pods.delete(pod.namespace(), pod.name(), options);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && !isOther(e)) {
                throw e;
            }
        }
    }

    /** A pod of the same name but another uid is none of ours. */
    private static boolean isOther(ApiException e) {
        return e.reason() == StatusReason.CONFLICT && e.status().message().contains("UID");
    }
}
