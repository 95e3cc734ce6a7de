package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.detail.Section.Content;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Containers, variables and volumes of pods. */
final class PodSections {

    private PodSections() {}

    static List<Section> of(DetailData data) {
        List<Section> sections = new ArrayList<>();
        sections.add(status(data));
        sections.add(new Section(Texts.text("timeline.title"), PodTimeline.of(data)));
        sections.add(containers(data));
        sections.addAll(PodVariables.of(data));
        sections.add(volumes(data));
        return sections;
    }

    static Section status(DetailData data) {
        ObjectNode pod = data.object();
        List<Fact> facts = new ArrayList<>();
        String phase = reason(pod);
        facts.add(Fact.of(Texts.text("detail.status"), phase, tone(pod)));
        String node = Json.text(pod, "spec", "nodeName");
        facts.add(
                node.isEmpty()
                        ? Fact.of(
                                Texts.text("detail.node"),
                                Texts.text("detail.noNode"),
                                Tone.WAITING)
                        : Fact.link(Texts.text("detail.node"), node, data.link("Node", node)));
        facts.add(Fact.of(Texts.text("detail.ip"), Json.text(pod, "status", "podIP")));
        facts.add(Fact.of(Texts.text("detail.qos"), Json.text(pod, "status", "qosClass")));
        String account = Json.text(pod, "spec", "serviceAccountName");
        facts.add(
                Fact.link(
                        Texts.text("detail.account"),
                        account,
                        data.link("ServiceAccount", account)));
        String message = Json.text(pod, "status", "message");
        if (!message.isEmpty()) {
            facts.add(Fact.of(Texts.text("detail.message"), message, Tone.BAD));
        }
        facts.removeIf(fact -> fact.value().isEmpty());
        return new Section(Texts.text("detail.pod"), new Facts(facts));
    }

    /** The word that kubectl prints: what a container waits for before the phase. */
    static String reason(ObjectNode pod) {
        for (ObjectNode container : Json.objects(pod, "status", "containerStatuses")) {
            String waiting = Json.text(container, "state", "waiting", "reason");
            if (!waiting.isEmpty() && !waiting.equals("ContainerCreating")) {
                return waiting;
            }
        }
        String reason = Json.text(pod, "status", "reason");
        String deleted = Json.text(pod, "metadata", "deletionTimestamp");
        if (!deleted.isEmpty()) {
            return "Terminating";
        }
        return reason.isEmpty() ? Json.text(pod, "status", "phase") : reason;
    }

    static Tone tone(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        if (phase.equals("Failed") || reason(pod).matches(".*(BackOff|Err|Error).*")) {
            return Tone.BAD;
        }
        boolean ready =
                Json.objects(pod, "status", "conditions").stream()
                        .anyMatch(each ->
                                Json.text(each, "type").equals("Ready")
                                        && Json.text(each, "status").equals("True"));
        return ready || phase.equals("Succeeded") ? Tone.GOOD : Tone.WAITING;
    }

    static Section containers(DetailData data) {
        List<Line> lines = new ArrayList<>();
        for (String field : List.of("initContainers", "containers", "ephemeralContainers")) {
            String statuses =
                    switch (field) {
                        case "initContainers" -> "initContainerStatuses";
                        case "containers" -> "containerStatuses";
                        default -> "ephemeralContainerStatuses";
                    };
            for (ObjectNode container : Json.objects(data.object(), "spec", field)) {
                String name = Json.text(container, "name");
                ObjectNode status =
                        Json.objects(data.object(), "status", statuses).stream()
                                .filter(each -> Json.text(each, "name").equals(name))
                                .findFirst()
                                .orElse(Json.object());
                lines.add(container(data, field, container, status));
            }
        }
        return new Section(
                Texts.text("detail.containers"),
                new Grid(
                        List.of(
                                Texts.text("detail.name"),
                                Texts.text("detail.image"),
                                Texts.text("detail.state"),
                                Texts.text("detail.restarts"),
                                Texts.text("detail.last")),
                        lines,
                        ""));
    }

    private static Line container(
            DetailData data, String field, ObjectNode container, ObjectNode status) {
        String name = Json.text(container, "name");
        boolean ready = Json.bool(status, "ready");
        String state = state(data, status.path("state"));
        boolean ended = status.path("state").has("terminated");
        long code = Json.number(status, 0, "state", "terminated", "exitCode");
        Tone tone =
                ended && code != 0 || state.contains("BackOff")
                        ? Tone.BAD
                        : ready || ended ? Tone.GOOD : Tone.WAITING;
        return Line.of(
                tone,
                null,
                field.equals("containers") ? name : Texts.text("detail." + field, name),
                Json.text(container, "image"),
                state,
                String.valueOf(Json.number(status, 0, "restartCount")),
                state(data, status.path("lastState")));
    }

    /** A container's state in words, with what its exit code means. */
    static String state(DetailData data, JsonNode state) {
        if (state.has("running")) {
            return Texts.text(
                    "detail.running", Sections.age(data, Json.text(state, "running", "startedAt")));
        }
        if (state.has("terminated")) {
            JsonNode ended = state.path("terminated");
            long code = Json.number(ended, 0, "exitCode");
            String reason = Json.text(ended, "reason");
            return Texts.text(
                    "detail.ended",
                    reason,
                    String.valueOf(code),
                    ExitCodes.explain(code, reason),
                    Sections.age(data, Json.text(ended, "finishedAt")));
        }
        String waiting = Json.text(state, "waiting", "reason");
        String message = Json.text(state, "waiting", "message");
        return waiting.isEmpty() || message.isEmpty() ? waiting : waiting + ": " + message;
    }

    private static Section volumes(DetailData data) {
        List<Line> lines = new ArrayList<>();
        for (ObjectNode volume : Json.objects(data.object(), "spec", "volumes")) {
            String name = Json.text(volume, "name");
            String type =
                    volume.propertyNames().stream()
                            .filter(field -> !field.equals("name"))
                            .findFirst()
                            .orElse("");
            JsonNode source = volume.path(type);
            String kind =
                    switch (type) {
                        case "configMap" -> "ConfigMap";
                        case "secret" -> "Secret";
                        case "persistentVolumeClaim" -> "PersistentVolumeClaim";
                        default -> "";
                    };
            String from =
                    switch (type) {
                        case "configMap" -> Json.text(source, "name");
                        case "secret" -> Json.text(source, "secretName");
                        case "persistentVolumeClaim" -> Json.text(source, "claimName");
                        case "hostPath" -> Json.text(source, "path");
                        default -> "";
                    };
            lines.add(
                    Line.of(
                            Tone.PLAIN,
                            kind.isEmpty() ? null : data.link(kind, from),
                            name,
                            type,
                            from,
                            mounts(data.object(), name)));
        }
        return new Section(
                Texts.text("detail.volumes"),
                new Grid(
                        List.of(
                                Texts.text("detail.name"),
                                Texts.text("detail.type"),
                                Texts.text("detail.source"),
                                Texts.text("detail.mounts")),
                        lines,
                        Texts.text("detail.noVolumes")));
    }

    private static String mounts(ObjectNode pod, String volume) {
        StringJoiner mounts = new StringJoiner("\n");
        for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
            for (ObjectNode mount : Json.objects(container, "volumeMounts")) {
                if (Json.text(mount, "name").equals(volume)) {
                    mounts.add(
                            Json.text(container, "name")
                                    + ": "
                                    + Json.text(mount, "mountPath")
                                    + (Json.bool(mount, "readOnly") ? " (ro)" : ""));
                }
            }
        }
        return mounts.toString();
    }

    /** Pods, a line each. */
    static Content pods(DetailData data, List<ObjectNode> pods) {
        List<Line> lines = new ArrayList<>();
        for (ObjectNode pod : pods) {
            List<ObjectNode> statuses = Json.objects(pod, "status", "containerStatuses");
            long ready = statuses.stream().filter(each -> Json.bool(each, "ready")).count();
            long restarts =
                    statuses.stream().mapToLong(each -> Json.number(each, 0, "restartCount")).sum();
            lines.add(
                    Line.of(
                            tone(pod),
                            data.link(pod),
                            Json.text(pod, "metadata", "name"),
                            ready + "/" + Json.objects(pod, "spec", "containers").size(),
                            reason(pod),
                            String.valueOf(restarts),
                            Sections.age(data, Json.text(pod, "metadata", "creationTimestamp")),
                            Json.text(pod, "spec", "nodeName")));
        }
        return new Grid(
                List.of(
                        Texts.text("detail.pod"),
                        Texts.text("detail.ready"),
                        Texts.text("detail.status"),
                        Texts.text("detail.restarts"),
                        Texts.text("detail.age"),
                        Texts.text("detail.node")),
                lines,
                Texts.text("detail.noPods"));
    }
}
