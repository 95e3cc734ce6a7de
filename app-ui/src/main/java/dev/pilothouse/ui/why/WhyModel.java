package dev.pilothouse.ui.why;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.Background;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds out why a pod is as it is. Methods belong to the thread of the executor. */
final class WhyModel {

    private static final int LINES = 20;
    private static final int MOST_NODES = 50;

    private final Cluster cluster;
    private final ObjectRef pod;
    private final Executor pulse;
    private final Listener listener;
    private @Nullable Thread reading;

    /** Is told what was found. */
    interface Listener {
        /** Why. */
        void found(Answer answer);

        /** Why it cannot be said, in a sentence. */
        void failed(String reason);
    }

    /**
     * Why.
     *
     * @param status the word for how the pod is
     * @param decision of the scheduler; null when the cluster does not say
     * @param findings causes in containers
     * @param logs the last lines of the containers that the findings are about
     */
    record Answer(
            String status,
            @Nullable Decision decision,
            List<Diagnosis.Finding> findings,
            Map<String, String> logs) {}

    WhyModel(Cluster cluster, ObjectRef pod, Executor pulse, Listener listener) {
        this.cluster = cluster;
        this.pod = pod;
        this.pulse = pulse;
        this.listener = listener;
    }

    /** Looks at the pod as it is now; called again for each of its changes. */
    void look(ObjectNode live, List<ObjectNode> events) {
        stop();
        reading =
                Background.start(
                        "why",
                        pulse,
                        () -> {
                            Answer answer = answer(live, events);
                            pulse.execute(() -> listener.found(answer));
                        },
                        listener::failed);
    }

    private Answer answer(ObjectNode live, List<ObjectNode> events)
            throws IOException, InterruptedException {
        String phase = Json.text(live, "status", "phase");
        boolean bound = !Json.text(live, "spec", "nodeName").isEmpty();
        Decision decision = decision();
        List<Diagnosis.Finding> findings = bound ? Diagnosis.of(live, events) : List.of();
        Map<String, String> logs = new TreeMap<>();
        for (Diagnosis.Finding finding : findings) {
            if (!finding.container().isEmpty()) {
                logs.put(finding.container(), log(finding));
            }
        }
        return new Answer(phase, decision, new ArrayList<>(findings), logs);
    }

    private @Nullable Decision decision() throws InterruptedException {
        try {
            return Decision.of(
                    cluster.call(
                            new ApiCall(
                                    "GET",
                                    "/apis/scheduling.pilothouse.dev/v1/namespaces/"
                                            + pod.namespace()
                                            + "/pods/"
                                            + pod.name()
                                            + "/decision?nodes="
                                            + MOST_NODES,
                                    "",
                                    null)));
        } catch (IOException e) {
            // Other clusters keep no record; the pod's condition has to do.
            return null;
        }
    }

    private String log(Diagnosis.Finding finding) throws InterruptedException {
        String path =
                pod.path()
                        + "/log?container="
                        + finding.container()
                        + "&tailLines="
                        + LINES
                        + (finding.previous() ? "&previous=true" : "");
        try (InputStream in = cluster.stream(path)) {
            return new String(in.readNBytes(64 << 10), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    void stop() {
        if (reading != null) {
            reading.interrupt();
            reading = null;
        }
    }
}
