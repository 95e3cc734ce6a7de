package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an object was before, as far as its server still has it: a watch that begins at the revision
 * which the first of its events names. The embedded server keeps revisions for long, others for
 * some minutes. Blocks.
 */
final class PastStates {

    /** The server ends the watch after so many seconds. */
    private static final int PATIENCE = 3;

    private static final int MOST = 500;

    private PastStates() {}

    /**
     * All states before the one that is known, the oldest first; empty when none are kept.
     *
     * @param now the object as it is known
     */
    static List<ObjectNode> read(Cluster cluster, ObjectRef ref, ObjectNode now)
            throws InterruptedException {
        List<ObjectNode> states = new ArrayList<>();
        try {
            String uid = Json.text(now, "metadata", "uid");
            long first = Long.MAX_VALUE;
            String query = "fieldSelector=involvedObject.uid%3D" + uid;
            for (ObjectNode event : cluster.objects(Kinds.EVENTS, ref.namespace(), query)) {
                first =
                        Math.min(
                                first,
                                number(Json.text(event, "involvedObject", "resourceVersion")));
            }
            long last = number(Json.text(now, "metadata", "resourceVersion"));
            if (first < last) {
                replay(cluster, ref, first - 1, last, states);
            }
        } catch (IOException | JacksonException e) {
            // Too old, or not allowed: what is known of the present has to do.
        }
        return states;
    }

    private static void replay(
            Cluster cluster, ObjectRef ref, long from, long last, List<ObjectNode> states)
            throws IOException, InterruptedException {
        String path =
                ref.kind().path(ref.namespace())
                        + "?watch=1&fieldSelector=metadata.name%3D"
                        + ref.name()
                        + "&resourceVersion="
                        + from
                        + "&timeoutSeconds="
                        + PATIENCE;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(cluster.stream(path), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine();
                    line != null && states.size() < MOST;
                    line = lines.readLine()) {
                JsonNode event = Json.parse(line);
                if (Json.text(event, "type").equals("ERROR")
                        || !(event.path("object") instanceof ObjectNode state)) {
                    return;
                }
                if (number(Json.text(state, "metadata", "resourceVersion")) >= last) {
                    return;
                }
                states.add(state);
            }
        }
    }

    private static long number(String revision) {
        return revision.matches("\\d{1,18}") ? Long.parseLong(revision) : Long.MAX_VALUE;
    }
}
