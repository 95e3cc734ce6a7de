package dev.pilothouse.ui.why;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.EventTimes;
import dev.pilothouse.ui.detail.ExitCodes;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Explains from its status and its events why a pod that has a node is not well. */
final class Diagnosis {

    private Diagnosis() {}

    /**
     * One cause.
     *
     * @param container in which container, empty for the pod
     * @param title in a few words
     * @param sentence what is known
     * @param advice what to look at next
     * @param previous whether the log of the container's previous run tells more
     */
    record Finding(
            String container, String title, String sentence, String advice, boolean previous) {}

    static List<Finding> of(ObjectNode pod, List<ObjectNode> events) {
        List<Finding> findings = new ArrayList<>();
        String reason = Json.text(pod, "status", "reason");
        if (!reason.isEmpty()) {
            findings.add(
                    new Finding(
                            "",
                            reason,
                            Json.text(pod, "status", "message"),
                            Texts.text("why.advice.pod"),
                            false));
        }
        for (String field : List.of("initContainerStatuses", "containerStatuses")) {
            for (ObjectNode status : Json.objects(pod, "status", field)) {
                container(status, events, findings);
            }
        }
        if (findings.isEmpty()) {
            warnings(events, findings);
        }
        return findings;
    }

    private static void container(
            ObjectNode status, List<ObjectNode> events, List<Finding> findings) {
        String name = Json.text(status, "name");
        JsonNode waiting = status.path("state").path("waiting");
        String reason = Json.text(waiting, "reason");
        String message = Json.text(waiting, "message");
        JsonNode ended = status.path("state").path("terminated");
        JsonNode last = status.path("lastState").path("terminated");
        switch (reason) {
            case "CrashLoopBackOff" ->
                    findings.add(
                            new Finding(
                                    name,
                                    reason,
                                    Texts.text(
                                                    "why.crash",
                                                    name,
                                                    Json.number(status, 0, "restartCount"))
                                            + " "
                                            + exit(last),
                                    Texts.text("why.advice.log"),
                                    true));
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" ->
                    findings.add(
                            new Finding(
                                    name,
                                    reason,
                                    Texts.text("why.image", Json.text(status, "image"), message),
                                    Texts.text("why.advice.image"),
                                    false));
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                    findings.add(
                            new Finding(
                                    name,
                                    reason,
                                    Texts.text("why.config", name, message),
                                    Texts.text("why.advice.config"),
                                    false));
            default -> {
                if (ended.isObject() && Json.number(ended, 0, "exitCode") != 0) {
                    findings.add(
                            new Finding(
                                    name,
                                    Json.text(ended, "reason"),
                                    Texts.text("why.ended", name) + " " + exit(ended),
                                    Texts.text("why.advice.log"),
                                    false));
                } else if (status.path("state").has("running") && !Json.bool(status, "ready")) {
                    findings.add(
                            new Finding(
                                    name,
                                    Texts.text("why.notReady.title"),
                                    Texts.text("why.notReady", name)
                                            + " "
                                            + last(events, "Unhealthy"),
                                    Texts.text("why.advice.probe"),
                                    false));
                }
            }
        }
    }

    private static String exit(JsonNode ended) {
        if (!ended.isObject()) {
            return "";
        }
        long code = Json.number(ended, 0, "exitCode");
        String reason = Json.text(ended, "reason");
        return Texts.text("why.exit", String.valueOf(code), ExitCodes.explain(code, reason));
    }

    private static void warnings(List<ObjectNode> events, List<Finding> findings) {
        events.stream()
                .filter(event -> Json.text(event, "type").equals("Warning"))
                .filter(event -> !Json.text(event, "reason").equals("FailedScheduling"))
                .max(Comparator.comparing(EventTimes::last))
                .ifPresent(event ->
                        findings.add(
                                new Finding(
                                        "",
                                        Json.text(event, "reason"),
                                        Json.text(event, "message"),
                                        Texts.text("why.advice.event"),
                                        false)));
    }

    private static String last(List<ObjectNode> events, String reason) {
        return events.stream()
                .filter(event -> Json.text(event, "reason").equals(reason))
                .max(Comparator.comparing(EventTimes::last))
                .map(event -> Json.text(event, "message"))
                .orElse("");
    }
}
