package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.HumanDuration;
import dev.pilothouse.ui.cluster.EventTimes;
import dev.pilothouse.ui.detail.Section.Bar;
import dev.pilothouse.ui.detail.Section.Bars;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the sections of an object: those of every kind around those of its own. */
final class Sections {

    private Sections() {}

    /** All sections but the events. */
    static List<Section> of(DetailData data) {
        List<Section> sections = new ArrayList<>();
        sections.add(summary(data));
        switch (data.ref().kind().kind()) {
            case "Pod" -> sections.addAll(PodSections.of(data));
            case "Node" -> sections.addAll(NodeSections.of(data));
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob" ->
                    sections.addAll(WorkloadSections.of(data));
            case "Service" -> sections.addAll(ServiceSections.of(data));
            case "Secret", "ConfigMap" -> sections.addAll(DataSections.of(data));
            case "HorizontalPodAutoscaler" -> sections.addAll(ScalingSections.of(data));
            case "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ServiceAccount" ->
                    sections.addAll(RightsSections.of(data));
            case "PersistentVolumeClaim", "PersistentVolume" ->
                    sections.addAll(StorageSections.of(data));
            default -> sections.addAll(FieldSections.of(data));
        }
        sections.addAll(conditions(data));
        usedBy(data, sections);
        sections.addAll(metadata(data));
        return sections;
    }

    /** What is special of the object's kind and needs no other objects. */
    static List<Section> own(DetailData data) {
        return switch (data.ref().kind().kind()) {
            case "Pod" -> List.of(PodSections.status(data), PodSections.containers(data));
            case "Node" -> List.of(NodeSections.facts(data));
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob" ->
                    WorkloadSections.own(data);
            case "Service" -> List.of(ServiceSections.facts(data));
            case "Secret", "ConfigMap" -> DataSections.of(data);
            case "HorizontalPodAutoscaler" -> ScalingSections.of(data);
            case "PersistentVolumeClaim", "PersistentVolume" -> StorageSections.of(data);
            default -> FieldSections.of(data);
        };
    }

    static Section summary(DetailData data) {
        ObjectNode object = data.object();
        List<Fact> facts = new ArrayList<>();
        String created = Json.text(object, "metadata", "creationTimestamp");
        facts.add(
                Fact.of(
                        Texts.text("detail.created"),
                        created + "  (" + HumanDuration.since(created, data.now()) + ")"));
        if (!data.ref().namespace().isEmpty()) {
            facts.add(
                    Fact.link(
                            Texts.text("detail.namespace"),
                            data.ref().namespace(),
                            data.link("Namespace", data.ref().namespace())));
        }
        for (ObjectNode owner : Json.objects(object, "metadata", "ownerReferences")) {
            String kind = Json.text(owner, "kind");
            String name = Json.text(owner, "name");
            facts.add(
                    Fact.link(
                            Texts.text("detail.owner"), kind + " " + name, data.link(kind, name)));
        }
        String deleted = Json.text(object, "metadata", "deletionTimestamp");
        if (!deleted.isEmpty()) {
            facts.add(Fact.of(Texts.text("detail.deleting"), deleted, Tone.WAITING));
        }
        return new Section(Texts.text("detail.summary"), new Facts(facts));
    }

    /** None or one: what others have written on the object; it may be long. */
    static List<Section> metadata(DetailData data) {
        ObjectNode object = data.object();
        List<Fact> facts = new ArrayList<>();
        pairs(facts, Texts.text("detail.labels"), Json.stringMap(object, "metadata", "labels"));
        pairs(
                facts,
                Texts.text("detail.annotations"),
                Json.stringMap(object, "metadata", "annotations"));
        StringJoiner finalizers = new StringJoiner("\n");
        object.path("metadata")
                .path("finalizers")
                .forEach(each -> finalizers.add(each.asString("")));
        if (finalizers.length() > 0) {
            facts.add(Fact.of(Texts.text("detail.finalizers"), finalizers.toString()));
        }
        return facts.isEmpty()
                ? List.of()
                : List.of(new Section(Texts.text("detail.metadata"), new Facts(facts)));
    }

    private static void pairs(List<Fact> facts, String name, Map<String, String> pairs) {
        StringJoiner joined = new StringJoiner("\n");
        pairs.forEach((key, value) -> joined.add(key + "=" + shortened(value)));
        if (joined.length() > 0) {
            facts.add(Fact.of(name, joined.toString()));
        }
    }

    static String shortened(String value) {
        return value.length() > 160 ? value.substring(0, 160) + " \u2026" : value;
    }

    /** None or one. */
    static List<Section> conditions(DetailData data) {
        List<Line> lines = new ArrayList<>();
        for (ObjectNode condition : Json.objects(data.object(), "status", "conditions")) {
            String type = Json.text(condition, "type");
            String status = Json.text(condition, "status");
            lines.add(
                    Line.of(
                            tone(type, status),
                            null,
                            type,
                            status,
                            Json.text(condition, "reason"),
                            age(data, Json.text(condition, "lastTransitionTime")),
                            Json.text(condition, "message")));
        }
        return lines.isEmpty()
                ? List.of()
                : List.of(
                        new Section(
                                Texts.text("detail.conditions"),
                                new Grid(
                                        List.of(
                                                Texts.text("detail.type"),
                                                Texts.text("detail.status"),
                                                Texts.text("detail.reason"),
                                                Texts.text("detail.since"),
                                                Texts.text("detail.message")),
                                        lines,
                                        "")));
    }

    /** Types that name something bad are good when they are false. */
    private static Tone tone(String type, String status) {
        boolean bad =
                type.endsWith("Pressure")
                        || type.contains("Fail")
                        || type.equals("NetworkUnavailable")
                        || type.equals("DisruptionTarget")
                        || type.contains("Degraded")
                        || type.contains("Terminating");
        if (status.equals("Unknown")) {
            return Tone.WAITING;
        }
        return status.equals("True") == bad ? Tone.BAD : Tone.GOOD;
    }

    static String age(DetailData data, String timestamp) {
        return timestamp.isEmpty() ? "" : HumanDuration.since(timestamp, data.now());
    }

    /** The pods that use a map, secret or claim. */
    private static void usedBy(DetailData data, List<Section> sections) {
        String kind = data.ref().kind().kind();
        String field =
                switch (kind) {
                    case "ConfigMap" -> "configMap";
                    case "Secret" -> "secret";
                    case "PersistentVolumeClaim" -> "claimName";
                    case "ServiceAccount" -> "serviceAccountName";
                    default -> "";
                };
        if (field.isEmpty()) {
            return;
        }
        List<ObjectNode> users =
                data.related("pods").stream()
                        .filter(pod -> uses(pod.path("spec"), field, data.ref().name()))
                        .toList();
        sections.add(new Section(Texts.text("detail.usedBy"), PodSections.pods(data, users)));
    }

    private static boolean uses(JsonNode spec, String field, String name) {
        if (field.equals("serviceAccountName")) {
            return Json.text(spec, field).equals(name);
        }
        for (ObjectNode volume : Json.objects(spec, "volumes")) {
            if (Json.text(volume, "configMap", "name").equals(name) && field.equals("configMap")
                    || Json.text(volume, "secret", "secretName").equals(name)
                            && field.equals("secret")
                    || Json.text(volume, "persistentVolumeClaim", "claimName").equals(name)
                            && field.equals("claimName")) {
                return true;
            }
        }
        for (ObjectNode container : Json.objects(spec, "containers")) {
            for (ObjectNode env : Json.objects(container, "env")) {
                if (Json.text(env, "valueFrom", field + "KeyRef", "name").equals(name)) {
                    return true;
                }
            }
            for (ObjectNode from : Json.objects(container, "envFrom")) {
                if (Json.text(from, field + "Ref", "name").equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What happened to the object, the last first. */
    static Section events(DetailData data) {
        List<ObjectNode> events = new ArrayList<>(data.related("events"));
        events.sort(Comparator.comparing(EventTimes::last).reversed());
        List<Line> lines = new ArrayList<>();
        for (ObjectNode event : events) {
            boolean warning = Json.text(event, "type").equals("Warning");
            long count =
                    Math.max(
                            Json.number(event, 1, "count"),
                            Json.number(event, 1, "series", "count"));
            lines.add(
                    Line.of(
                            warning ? Tone.WAITING : Tone.PLAIN,
                            null,
                            age(data, EventTimes.last(event)),
                            Json.text(event, "reason"),
                            count > 1 ? "\u00d7" + count : "",
                            Json.text(event, "message")));
        }
        return new Section(
                Texts.text("detail.events"),
                new Grid(
                        List.of(
                                Texts.text("detail.age"),
                                Texts.text("detail.reason"),
                                Texts.text("detail.count"),
                                Texts.text("detail.message")),
                        lines,
                        Texts.text("detail.noEvents")));
    }

    static Section bars(String title, List<Bar> bars) {
        return new Section(title, new Bars(bars));
    }
}
