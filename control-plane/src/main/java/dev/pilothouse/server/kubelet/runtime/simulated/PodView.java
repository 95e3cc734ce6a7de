package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.ContainerState.Ended;
import dev.pilothouse.server.kubelet.runtime.simulated.ContainerState.Kind;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet.Match;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the fleet keeps of a pod.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its uid
 * @param revision its resourceVersion
 * @param generation its generation
 * @param node the node it is bound to, or empty
 * @param deleting whether it is going away
 * @param grace how many seconds it has for that
 * @param workload what it shares with its siblings
 * @param state what has been reported of it
 * @param conditions the status of its conditions by type
 * @param stage the stage it is in, or null when there is none for it
 */
record PodView(
        String namespace,
        String name,
        String uid,
        long revision,
        long generation,
        String node,
        boolean deleting,
        long grace,
        Workload workload,
        PodState state,
        Map<String, String> conditions,
        @Nullable Match stage) {

    PodView {
        conditions = Map.copyOf(conditions);
    }

    /**
     * Reads a pod.
     *
     * @param shared gives the one copy of a workload
     * @param stages chooses the stage of a pod that is on a node
     */
    static PodView of(
            ObjectNode pod,
            UnaryOperator<Workload> shared,
            Function<ObjectNode, @Nullable Match> stages) {
        String node = Json.text(pod, "spec", "nodeName");
        JsonNode metadata = pod.path("metadata");
        Workload workload = shared.apply(Workload.of(pod));
        return new PodView(
                Json.text(metadata, "namespace"),
                Json.text(metadata, "name"),
                Json.text(metadata, "uid"),
                Long.parseLong("0" + Json.text(metadata, "resourceVersion")),
                Json.number(metadata, 0, "generation"),
                node,
                Json.at(metadata, "deletionTimestamp") != null,
                Json.number(metadata, 0, "deletionGracePeriodSeconds"),
                workload,
                state(pod, workload),
                conditions(pod),
                node.isEmpty() ? null : stages.apply(pod));
    }

    PodKey key() {
        return new PodKey(namespace, name);
    }

    /** From which everything about it that looks like chance is made. */
    long seed() {
        return Seeds.of(uid);
    }

    /** Whether a condition is known to be true. */
    boolean isTrue(String condition) {
        return "True".equals(conditions.get(condition));
    }

    private static PodState state(ObjectNode pod, Workload workload) {
        JsonNode status = pod.path("status");
        return new PodState(
                Json.text(status, "phase"),
                seconds(status, "startTime"),
                Json.text(status, "reason"),
                Json.text(status, "message"),
                Json.text(status, "podIP"),
                states(status, "initContainerStatuses", workload.init()),
                states(status, "containerStatuses", workload.main()),
                states(status, "ephemeralContainerStatuses", workload.ephemeral()));
    }

    private static Map<String, String> conditions(ObjectNode pod) {
        Map<String, String> conditions = new HashMap<>();
        for (ObjectNode condition : Json.objects(pod, "status", "conditions")) {
            conditions.put(Json.text(condition, "type"), Json.text(condition, "status"));
        }
        return conditions;
    }

    private static List<ContainerState> states(
            JsonNode status, String list, List<ContainerSpec> specs) {
        if (specs.isEmpty()) {
            return List.of();
        }
        List<ObjectNode> statuses = Json.objects(status, list);
        List<ContainerState> states = new ArrayList<>(specs.size());
        for (ContainerSpec spec : specs) {
            states.add(
                    statuses.stream()
                            .filter(entry -> Json.text(entry, "name").equals(spec.name()))
                            .findFirst()
                            .map(PodView::state)
                            .orElse(ContainerState.NEW));
        }
        return states;
    }

    private static ContainerState state(ObjectNode status) {
        ObjectNode running = Json.objectAt(status, "state", "running");
        Ended ended = ended(status, "state");
        return new ContainerState(
                running != null ? Kind.RUNNING : ended != null ? Kind.ENDED : Kind.WAITING,
                Json.text(status, "state", "waiting", "reason"),
                Json.text(status, "state", "waiting", "message"),
                running == null ? 0 : seconds(running, "startedAt"),
                ended,
                ended(status, "lastState"),
                (int) Json.number(status, 0, "restartCount"),
                Json.bool(status, "ready"));
    }

    private static @Nullable Ended ended(ObjectNode status, String field) {
        ObjectNode terminated = Json.objectAt(status, field, "terminated");
        return terminated == null
                ? null
                : new Ended(
                        (int) Json.number(terminated, 0, "exitCode"),
                        Json.text(terminated, "reason"),
                        seconds(terminated, "startedAt"),
                        seconds(terminated, "finishedAt"));
    }

    private static long seconds(JsonNode parent, String field) {
        String text = Json.text(parent, field);
        try {
            return text.isEmpty() ? 0 : Instant.parse(text).getEpochSecond();
        } catch (DateTimeParseException _) {
            return 0;
        }
    }
}
