package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a HorizontalPodAutoscaler scales, by what, and between which bounds. */
final class ScalingSections {

    private ScalingSections() {}

    static List<Section> of(DetailData data) {
        ObjectNode scaler = data.object();
        List<Fact> facts = new ArrayList<>();
        String kind = Json.text(scaler, "spec", "scaleTargetRef", "kind");
        String name = Json.text(scaler, "spec", "scaleTargetRef", "name");
        facts.add(Fact.link(Texts.text("detail.scales"), kind + " " + name, data.link(kind, name)));
        long current = Json.number(scaler, 0, "status", "currentReplicas");
        long desired = Json.number(scaler, 0, "status", "desiredReplicas");
        facts.add(
                Fact.of(
                        Texts.text("detail.replicas"),
                        current == desired
                                ? String.valueOf(current)
                                : Texts.text("detail.towards", current, desired),
                        current == desired ? Tone.GOOD : Tone.WAITING));
        facts.add(
                Fact.of(
                        Texts.text("detail.bounds"),
                        Texts.text(
                                "detail.fromTo",
                                Json.number(scaler, 1, "spec", "minReplicas"),
                                Json.number(scaler, 0, "spec", "maxReplicas"))));
        String last = Json.text(scaler, "status", "lastScaleTime");
        if (!last.isEmpty()) {
            facts.add(
                    Fact.of(
                            Texts.text("detail.lastScaled"),
                            Texts.text("detail.ago", Sections.age(data, last))));
        }
        List<Line> lines = new ArrayList<>();
        List<ObjectNode> now = Json.objects(scaler, "status", "currentMetrics");
        for (ObjectNode metric : Json.objects(scaler, "spec", "metrics")) {
            lines.add(line(metric, now));
        }
        return List.of(
                new Section(data.ref().kind().kind(), new Facts(facts)),
                new Section(
                        Texts.text("detail.targets"),
                        new Grid(
                                List.of(
                                        Texts.text("detail.type"),
                                        Texts.text("detail.name"),
                                        Texts.text("detail.now"),
                                        Texts.text("detail.target")),
                                lines,
                                Texts.text("detail.none"))));
    }

    private static Line line(ObjectNode metric, List<ObjectNode> now) {
        String type = Json.text(metric, "type");
        String field = field(type);
        String name = name(metric.path(field));
        String current =
                now.stream()
                        .filter(each -> name(each.path(field)).equals(name))
                        .findFirst()
                        .map(each -> value(each.path(field).path("current")))
                        .orElse("");
        return Line.of(
                type,
                name,
                current.isEmpty() ? Texts.text("detail.unknown") : current,
                value(metric.path(field).path("target")));
    }

    private static String field(String type) {
        return type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    private static String name(JsonNode source) {
        String resource = Json.text(source, "name");
        String container = Json.text(source, "container");
        return resource.isEmpty()
                ? Json.text(source, "metric", "name")
                : container.isEmpty() ? resource : container + " / " + resource;
    }

    private static String value(JsonNode of) {
        if (of.has("averageUtilization")) {
            return of.path("averageUtilization").asString("") + " %";
        }
        String average = Json.text(of, "averageValue");
        return average.isEmpty() ? Json.text(of, "value") : average;
    }
}
