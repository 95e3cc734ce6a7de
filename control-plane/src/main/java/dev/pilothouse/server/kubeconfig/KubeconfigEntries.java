package dev.pilothouse.server.kubeconfig;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The one cluster and the one user of a kubeconfig written by us. */
record KubeconfigEntries(ObjectNode cluster, ObjectNode user) {

    static KubeconfigEntries read(Path file, String text) throws IOException {
        ObjectNode root = KubeconfigYaml.parse(file, text);
        ObjectNode cluster = only(root, "clusters", "cluster");
        ObjectNode user = only(root, "users", "user");
        if (cluster == null || user == null || Json.text(cluster, "server").isEmpty()) {
            throw new IOException(file + " was not written by Pilothouse; delete it and restart.");
        }
        return new KubeconfigEntries(cluster, user);
    }

    URI endpoint() {
        return URI.create(Json.text(cluster, "server"));
    }

    private static @Nullable ObjectNode only(ObjectNode root, String list, String field) {
        var entries = Json.objects(root, list);
        return entries.size() == 1 ? Json.objectAt(entries.getFirst(), field) : null;
    }
}
