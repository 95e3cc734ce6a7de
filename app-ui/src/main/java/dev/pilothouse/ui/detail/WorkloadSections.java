package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.detail.Section.Bar;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How far a workload is, and what it is made of. */
final class WorkloadSections {

    private WorkloadSections() {}

    /** What needs no other objects. */
    static List<Section> own(DetailData data) {
        List<Section> sections = new ArrayList<>();
        String kind = data.ref().kind().kind();
        sections.add(facts(data, kind));
        if (!kind.equals("CronJob")) {
            sections.add(Sections.bars(Texts.text("detail.progress"), progress(data, kind)));
        }
        return sections;
    }

    static List<Section> of(DetailData data) {
        String kind = data.ref().kind().kind();
        List<Section> sections = new ArrayList<>(own(data));
        sections.add(new Section(Texts.text("detail.children"), tree(data, kind)));
        return sections;
    }

    private static Section facts(DetailData data, String kind) {
        ObjectNode object = data.object();
        List<Fact> facts = new ArrayList<>();
        switch (kind) {
            case "Deployment" -> {
                facts.add(
                        Fact.of(
                                Texts.text("detail.strategy"),
                                Json.text(object, "spec", "strategy", "type")));
                if (Json.bool(object, "spec", "paused")) {
                    facts.add(
                            Fact.of(
                                    Texts.text("detail.rollout"),
                                    Texts.text("detail.paused"),
                                    Tone.WAITING));
                }
            }
            case "StatefulSet", "DaemonSet" ->
                    facts.add(
                            Fact.of(
                                    Texts.text("detail.strategy"),
                                    Json.text(object, "spec", "updateStrategy", "type")));
            case "CronJob" -> {
                facts.add(
                        Fact.of(
                                Texts.text("detail.schedule"),
                                Json.text(object, "spec", "schedule")));
                JobFacts.ofCronJob(data, facts);
            }
            case "Job" -> JobFacts.ofJob(data, facts);
            default -> {}
        }
        facts.add(Fact.of(Texts.text("detail.selector"), Relations.selector(object)));
        for (ObjectNode container :
                Json.objects(object, "spec", "template", "spec", "containers")) {
            facts.add(
                    Fact.of(
                            Texts.text("detail.containerNamed", Json.text(container, "name")),
                            Json.text(container, "image")));
        }
        facts.removeIf(fact -> fact.value().isEmpty());
        return new Section(kind, new Facts(facts));
    }

    private static List<Bar> progress(DetailData data, String kind) {
        ObjectNode object = data.object();
        List<Bar> bars = new ArrayList<>();
        if (kind.equals("Job")) {
            long wanted = Json.number(object, 1, "spec", "completions");
            bar(bars, "detail.succeeded", Json.number(object, 0, "status", "succeeded"), wanted);
            long failed = Json.number(object, 0, "status", "failed");
            if (failed > 0) {
                bars.add(new Bar(Texts.text("detail.failed"), 1, String.valueOf(failed), Tone.BAD));
            }
            return bars;
        }
        boolean daemons = kind.equals("DaemonSet");
        long wanted =
                daemons
                        ? Json.number(object, 0, "status", "desiredNumberScheduled")
                        : Json.number(object, 1, "spec", "replicas");
        if (!kind.equals("ReplicaSet")) {
            bar(
                    bars,
                    "detail.updated",
                    Json.number(
                            object,
                            0,
                            "status",
                            daemons ? "updatedNumberScheduled" : "updatedReplicas"),
                    wanted);
        }
        bar(
                bars,
                "detail.ready",
                Json.number(object, 0, "status", daemons ? "numberReady" : "readyReplicas"),
                wanted);
        bar(
                bars,
                "detail.available",
                Json.number(object, 0, "status", daemons ? "numberAvailable" : "availableReplicas"),
                wanted);
        return bars;
    }

    private static void bar(List<Bar> bars, String name, long have, long wanted) {
        bars.add(
                new Bar(
                        Texts.text(name),
                        wanted == 0 ? have == 0 ? 1 : 2 : (double) have / wanted,
                        Texts.text("detail.of", have, wanted),
                        have == wanted ? Tone.GOOD : Tone.WAITING));
    }

    /** Replica sets or jobs and below them their pods, the newest first. */
    private static Grid tree(DetailData data, String kind) {
        List<Line> lines = new ArrayList<>();
        String resource =
                switch (kind) {
                    case "Deployment" -> "replicasets";
                    case "CronJob" -> "jobs";
                    default -> "";
                };
        if (resource.isEmpty()) {
            pods(data, data.uid(), 0, lines);
        } else {
            List<ObjectNode> owned = new ArrayList<>(data.owned(resource));
            owned.sort(
                    Comparator.comparing((ObjectNode each) ->
                                    Json.text(each, "metadata", "creationTimestamp"))
                            .reversed());
            for (ObjectNode each : owned) {
                lines.add(middle(data, each));
                pods(data, Json.text(each, "metadata", "uid"), 1, lines);
            }
        }
        return new Grid(
                List.of(
                        Texts.text("detail.name"),
                        Texts.text("detail.ready"),
                        Texts.text("detail.status"),
                        Texts.text("detail.age"),
                        Texts.text("detail.node")),
                lines,
                Texts.text("detail.noPods"));
    }

    private static Line middle(DetailData data, ObjectNode each) {
        boolean job = Json.text(each, "kind").equals("Job");
        long wanted = Json.number(each, 1, "spec", job ? "completions" : "replicas");
        long ready = Json.number(each, 0, "status", job ? "succeeded" : "readyReplicas");
        String revision = Revisions.number(each);
        return new Line(
                List.of(
                        Json.text(each, "kind") + " " + Json.text(each, "metadata", "name"),
                        ready + "/" + wanted,
                        revision.isEmpty() ? "" : Texts.text("detail.revision", revision),
                        Sections.age(data, Json.text(each, "metadata", "creationTimestamp")),
                        ""),
                ready >= wanted ? Tone.PLAIN : Tone.WAITING,
                data.link(each),
                0);
    }

    private static void pods(DetailData data, String owner, int depth, List<Line> lines) {
        for (ObjectNode pod : data.related("pods")) {
            if (DetailData.isOwner(owner, pod)) {
                List<ObjectNode> statuses = Json.objects(pod, "status", "containerStatuses");
                long ready = statuses.stream().filter(each -> Json.bool(each, "ready")).count();
                lines.add(
                        new Line(
                                List.of(
                                        "Pod " + Json.text(pod, "metadata", "name"),
                                        ready
                                                + "/"
                                                + Json.objects(pod, "spec", "containers").size(),
                                        PodSections.reason(pod),
                                        Sections.age(
                                                data,
                                                Json.text(pod, "metadata", "creationTimestamp")),
                                        Json.text(pod, "spec", "nodeName")),
                                PodSections.tone(pod),
                                data.link(pod),
                                depth));
            }
        }
    }
}
