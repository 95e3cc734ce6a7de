package dev.pilothouse.ui.terminal.session;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.ObjectEvents;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.Subscription;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import tools.jackson.databind.node.ObjectNode;

/** Puts an ephemeral container into a pod, as {@code kubectl debug} does. */
public final class DebugContainer {

    private DebugContainer() {}

    /**
     * Adds a container and waits until it runs; blocks.
     *
     * @param target whose processes it sees; empty for none
     * @return its name
     * @throws IOException when it is refused or does not start; the message is a sentence
     */
    public static String start(Cluster cluster, ObjectRef pod, String image, String target)
            throws IOException, InterruptedException {
        String name = "debugger-" + UUID.randomUUID().toString().substring(0, 5);
        ObjectNode container =
                Json.object()
                        .put("name", name)
                        .put("image", image)
                        .put("stdin", true)
                        .put("tty", true);
        container.put("terminationMessagePolicy", "File");
        if (!target.isEmpty()) {
            container.put("targetContainerName", target);
        }
        ObjectNode patch = Json.object();
        patch.putObject("spec").putArray("ephemeralContainers").add(container);
        cluster.call(ApiCall.strategic(pod.path() + "/ephemeralcontainers", patch));
        var started = new CompletableFuture<String>();
        String query = "fieldSelector=metadata.name%3D" + pod.name();
        try (Subscription _ =
                cluster.followObjects(
                        Kinds.PODS, pod.namespace(), query, new Started(name, started))) {
            String failure = started.get();
            if (!failure.isEmpty()) {
                throw new IOException(failure);
            }
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
        return name;
    }

    private record Started(String name, CompletableFuture<String> started) implements ObjectEvents {
        @Override
        public void listed(List<ObjectNode> objects) {
            objects.forEach(this::changed);
        }

        @Override
        public void changed(ObjectNode pod) {
            for (ObjectNode status :
                    Json.objects(pod.path("status"), "ephemeralContainerStatuses")) {
                if (Json.text(status, "name").equals(name)) {
                    look(status);
                }
            }
        }

        private void look(ObjectNode status) {
            String reason = Json.text(status, "state", "waiting", "reason");
            if (status.path("state").has("running")) {
                started.complete("");
            } else if (status.path("state").has("terminated")) {
                started.complete(
                        Json.text(status, "state", "terminated", "reason")
                                + ": "
                                + Json.text(status, "state", "terminated", "message"));
            } else if (reason.startsWith("Err")
                    || reason.endsWith("Error")
                    || reason.contains("BackOff")) {
                started.complete(reason + ": " + Json.text(status, "state", "waiting", "message"));
            }
        }

        @Override
        public void removed(ObjectNode object) {
            started.complete("pod " + Json.text(object, "metadata", "name") + " was deleted");
        }

        @Override
        public void connection(Connection state) {
            // It is followed until it starts.
        }
    }
}
