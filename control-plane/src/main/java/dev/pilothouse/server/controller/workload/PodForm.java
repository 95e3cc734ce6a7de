package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.workload.PodTrait.Exit;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the view of a pod. Thread-safe. */
public final class PodForm implements Function<ObjectNode, PodView> {

    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    static final String JOB_TRACKING = "batch.kubernetes.io/job-tracking";
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";
    private static final String INDEX_FAILURES = "batch.kubernetes.io/job-index-failure-count";
    private static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

    private final Interner interner = new Interner();

    @Override
    public PodView apply(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode status = pod.path("status");
        PodPhase phase = PodPhase.of(Json.text(status, "phase"));
        Owner controller = Owner.controllerOf(pod);
        Owner owner = controller == null ? null : interner.of(controller);
        return new PodView(
                interner.of(Json.text(metadata, "namespace")),
                Json.text(metadata, "name"),
                Json.text(metadata, "uid"),
                interner.of(Map.copyOf(Json.stringMap(metadata, "labels"))),
                owner,
                Json.at(metadata, "deletionTimestamp") != null,
                phase,
                readySince(status),
                interner.of(Json.text(pod, "spec", "nodeName")),
                restarts(status),
                seconds(Json.text(metadata, "creationTimestamp")),
                number(Json.text(metadata, "annotations", DELETION_COST), 0),
                trait(owner, pod, phase));
    }

    private @Nullable PodTrait trait(@Nullable Owner owner, ObjectNode pod, PodPhase phase) {
        if (owner == null) {
            // A pod of a job that nobody manages any more still has to lose its finalizer.
            return isTracked(pod) ? job(pod, phase) : null;
        }
        return switch (owner.kind()) {
            case "Job" -> job(pod, phase);
            case "StatefulSet" -> new PodTrait.OfStatefulSet(claims(pod));
            case "DaemonSet" -> interner.of(new PodTrait.OfDaemonSet(target(pod)));
            default -> null;
        };
    }

    private PodTrait job(ObjectNode pod, PodPhase phase) {
        JsonNode metadata = pod.path("metadata");
        List<Exit> exits = new ArrayList<>();
        Map<String, String> conditions = new HashMap<>();
        boolean ending = phase.isTerminal() || Json.at(metadata, "deletionTimestamp") != null;
        if (ending) {
            exits(pod, "initContainerStatuses", exits);
            exits(pod, "containerStatuses", exits);
            for (ObjectNode condition : Json.objects(pod, "status", "conditions")) {
                conditions.put(Json.text(condition, "type"), Json.text(condition, "status"));
            }
        }
        PodTrait.OfJob trait =
                new PodTrait.OfJob(
                        isTracked(pod),
                        number(Json.text(metadata, "annotations", INDEX), -1),
                        number(Json.text(metadata, "annotations", INDEX_FAILURES), 0),
                        number(Json.text(metadata, "annotations", IGNORED), 0),
                        phase.isTerminal() ? finishedAt(pod) : 0,
                        exits,
                        conditions);
        return interner.of(trait);
    }

    private static boolean isTracked(ObjectNode pod) {
        for (JsonNode finalizer : pod.path("metadata").path("finalizers")) {
            if (finalizer.asString("").equals(JOB_TRACKING)) {
                return true;
            }
        }
        return false;
    }

    private static void exits(ObjectNode pod, String list, List<Exit> exits) {
        for (ObjectNode container : Json.objects(pod, "status", list)) {
            ObjectNode terminated = Json.objectAt(container, "state", "terminated");
            int code = (int) Json.number(terminated, 0, "exitCode");
            if (code != 0) {
                exits.add(new Exit(Json.text(container, "name"), code));
            }
        }
    }

    /** The end of the last container; what else tells of the end when the containers do not. */
    private static long finishedAt(ObjectNode pod) {
        long last = 0;
        for (ObjectNode container : Json.objects(pod, "status", "containerStatuses")) {
            last =
                    Math.max(
                            last,
                            seconds(Json.text(container, "state", "terminated", "finishedAt")));
        }
        if (last == 0) {
            for (ObjectNode condition : Json.objects(pod, "status", "conditions")) {
                if (Json.text(condition, "type").equals("Ready")) {
                    last = seconds(Json.text(condition, "lastTransitionTime"));
                }
            }
        }
        if (last == 0) {
            last = seconds(Json.text(pod, "metadata", "deletionTimestamp"));
        }
        return last == 0 ? seconds(Json.text(pod, "metadata", "creationTimestamp")) : last;
    }

    private static Map<String, String> claims(ObjectNode pod) {
        Map<String, String> claims = new HashMap<>();
        for (ObjectNode volume : Json.objects(pod, "spec", "volumes")) {
            String claim = Json.text(volume, "persistentVolumeClaim", "claimName");
            if (!claim.isEmpty()) {
                claims.put(Json.text(volume, "name"), claim);
            }
        }
        return claims;
    }

    /** The node that the pod's required affinity names. */
    private static String target(ObjectNode pod) {
        List<ObjectNode> terms =
                Json.objects(
                        pod,
                        "spec",
                        "affinity",
                        "nodeAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        "nodeSelectorTerms");
        for (ObjectNode term : terms) {
            for (ObjectNode field : Json.objects(term, "matchFields")) {
                if (Json.text(field, "key").equals("metadata.name")
                        && Json.text(field, "operator").equals("In")
                        && field.path("values").size() == 1) {
                    return field.path("values").get(0).asString("");
                }
            }
        }
        return "";
    }

    private static long readySince(JsonNode status) {
        for (ObjectNode condition : Json.objects(status, "conditions")) {
            if (Json.text(condition, "type").equals("Ready")
                    && Json.text(condition, "status").equals("True")) {
                return Math.max(1, seconds(Json.text(condition, "lastTransitionTime")));
            }
        }
        return 0;
    }

    private static int restarts(JsonNode status) {
        long most = 0;
        for (ObjectNode container : Json.objects(status, "containerStatuses")) {
            most = Math.max(most, Json.number(container, 0, "restartCount"));
        }
        return (int) most;
    }

    private static long seconds(String time) {
        if (time.isEmpty()) {
            return 0;
        }
        try {
            return Instant.parse(time).getEpochSecond();
        } catch (DateTimeException _) {
            return 0;
        }
    }

    private static int number(String text, int missing) {
        try {
            return text.isEmpty() ? missing : Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return missing;
        }
    }
}
