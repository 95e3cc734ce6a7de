package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** The files of pods of which nothing but the name is known. */
public final class PodRemains {

    private PodRemains() {}

    /** Deletes the files of a pod. */
    public static void delete(Path directory, String namespace, String name, String uid)
            throws IOException {
        ObjectNode pod = Json.object();
        pod.putObject("metadata").put("namespace", namespace).put("name", name).put("uid", uid);
        PodFiles.delete(new PodDirectory(directory, new PodTree(pod)));
    }
}
