package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.ui.detail.Section.Bar;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Packing;
import dev.pilothouse.ui.detail.Section.Packing.Piece;
import dev.pilothouse.ui.detail.Section.Packing.Strip;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How full a node is, and with what. */
final class NodeSections {

    private static final double NEARLY_FULL = 0.9;
    private static final List<String> DRAWN = List.of("cpu", "memory");

    private NodeSections() {}

    static List<Section> of(DetailData data) {
        Map<ObjectNode, Map<String, Quantity>> requests = new HashMap<>();
        List<ObjectNode> pods = new ArrayList<>();
        for (ObjectNode pod : data.related("pods")) {
            if (PodRequests.takesRoom(pod)) {
                requests.put(pod, PodRequests.of(pod));
                pods.add(pod);
            }
        }
        // The largest first, so that what matters can be seen.
        pods.sort(
                Comparator.comparing((ObjectNode pod) -> amount(requests, pod, "cpu"))
                        .reversed()
                        .thenComparing(pod -> Json.text(pod, "metadata", "name")));
        return List.of(
                facts(data),
                new Section(Texts.text("detail.packed"), packing(data, pods, requests)),
                Sections.bars(Texts.text("detail.packing"), bars(data, requests)),
                new Section(Texts.text("detail.pods"), grid(data, pods, requests)));
    }

    static Section facts(DetailData data) {
        ObjectNode node = data.object();
        List<Fact> facts = new ArrayList<>();
        boolean cordoned = Json.bool(node, "spec", "unschedulable");
        facts.add(
                Fact.of(
                        Texts.text("detail.scheduling"),
                        Texts.text(cordoned ? "detail.cordoned" : "detail.schedulable"),
                        cordoned ? Tone.WAITING : Tone.GOOD));
        StringJoiner taints = new StringJoiner("\n");
        for (ObjectNode taint : Json.objects(node, "spec", "taints")) {
            String value = Json.text(taint, "value");
            taints.add(
                    Json.text(taint, "key")
                            + (value.isEmpty() ? "" : "=" + value)
                            + ":"
                            + Json.text(taint, "effect"));
        }
        facts.add(
                Fact.of(
                        Texts.text("detail.taints"),
                        taints.length() == 0 ? Texts.text("detail.none") : taints.toString(),
                        taints.length() == 0 ? Tone.PLAIN : Tone.WAITING));
        for (ObjectNode address : Json.objects(node, "status", "addresses")) {
            facts.add(Fact.of(Json.text(address, "type"), Json.text(address, "address")));
        }
        JsonNode info = node.path("status").path("nodeInfo");
        for (String field :
                List.of("kubeletVersion", "containerRuntimeVersion", "osImage", "architecture")) {
            String value = Json.text(info, field);
            if (!value.isEmpty()) {
                facts.add(Fact.of(Texts.text("detail.nodeInfo." + field), value));
            }
        }
        return new Section(Texts.text("detail.node"), new Facts(facts));
    }

    private static Quantity amount(
            Map<ObjectNode, Map<String, Quantity>> requests, ObjectNode pod, String resource) {
        return requests.getOrDefault(pod, Map.of()).getOrDefault(resource, Quantity.ZERO);
    }

    private static Quantity allocatable(DetailData data, String resource) {
        String text = Json.text(data.object(), "status", "allocatable", resource);
        return Quantity.isValid(text) ? Quantity.parse(text) : Quantity.ZERO;
    }

    private static ObjectNode usage(DetailData data, ObjectNode pod) {
        return data.usage(Json.text(pod, "metadata", "uid"));
    }

    /** Each pod with what is set aside for it and what it uses, of what can be had. */
    private static Packing packing(
            DetailData data,
            List<ObjectNode> pods,
            Map<ObjectNode, Map<String, Quantity>> requests) {
        List<Strip> strips = new ArrayList<>();
        for (String resource : DRAWN) {
            Quantity all = allocatable(data, resource);
            double whole = all.amount().doubleValue();
            if (whole <= 0) {
                continue;
            }
            Quantity requested = Quantity.ZERO;
            Quantity used = Quantity.ZERO;
            List<Piece> pieces = new ArrayList<>();
            for (ObjectNode pod : pods) {
                Quantity wants = amount(requests, pod, resource);
                Quantity uses = PodRequests.used(usage(data, pod), resource);
                requested = requested.add(wants);
                used = used.add(uses);
                String name =
                        Json.text(pod, "metadata", "namespace")
                                + " / "
                                + Json.text(pod, "metadata", "name");
                pieces.add(
                        new Piece(
                                Texts.text(
                                        "detail.piece",
                                        name,
                                        readable(resource, wants),
                                        readable(resource, uses)),
                                wants.amount().doubleValue() / whole,
                                uses.amount().doubleValue() / whole,
                                data.link(pod)));
            }
            strips.add(
                    new Strip(
                            Texts.text("detail.resource." + resource),
                            Texts.text(
                                    "detail.strip",
                                    readable(resource, requested),
                                    readable(resource, used),
                                    readable(resource, all)),
                            pieces));
        }
        return new Packing(strips);
    }

    /** What is requested of what can be had. */
    private static List<Bar> bars(
            DetailData data, Map<ObjectNode, Map<String, Quantity>> requests) {
        Map<String, Quantity> requested = new TreeMap<>();
        requests.values()
                .forEach(pod ->
                        pod.forEach(
                                (name, amount) -> requested.merge(name, amount, Quantity::add)));
        requested.put("pods", Quantity.of(requests.size()));
        List<Bar> bars = new ArrayList<>();
        Json.stringMap(data.object(), "status", "allocatable")
                .forEach((resource, amount) -> {
                    if (!Quantity.isValid(amount)) {
                        return;
                    }
                    Quantity all = Quantity.parse(amount);
                    Quantity taken = requested.getOrDefault(resource, Quantity.ZERO);
                    double whole = all.amount().doubleValue();
                    double share = whole == 0 ? 0 : taken.amount().doubleValue() / whole;
                    if (whole > 0) {
                        bars.add(
                                new Bar(
                                        resource,
                                        share,
                                        Texts.text(
                                                "detail.of",
                                                readable(resource, taken),
                                                readable(resource, all)),
                                        share > 1
                                                ? Tone.BAD
                                                : share > NEARLY_FULL ? Tone.WAITING : Tone.GOOD));
                    }
                });
        return bars;
    }

    private static Grid grid(
            DetailData data,
            List<ObjectNode> pods,
            Map<ObjectNode, Map<String, Quantity>> requests) {
        List<Line> lines = new ArrayList<>();
        for (ObjectNode pod : pods) {
            List<String> cells = new ArrayList<>();
            cells.add(Json.text(pod, "metadata", "name"));
            cells.add(Json.text(pod, "metadata", "namespace"));
            cells.add(PodSections.reason(pod));
            for (String resource : DRAWN) {
                Quantity uses = PodRequests.used(usage(data, pod), resource);
                cells.add(
                        Texts.text(
                                "detail.usedOf",
                                readable(resource, uses),
                                readable(resource, amount(requests, pod, resource))));
            }
            cells.add(Sections.age(data, Json.text(pod, "metadata", "creationTimestamp")));
            lines.add(new Line(cells, PodSections.tone(pod), data.link(pod), 0));
        }
        return new Grid(
                List.of(
                        Texts.text("detail.pod"),
                        Texts.text("detail.namespace"),
                        Texts.text("detail.status"),
                        Texts.text("detail.resource.cpu"),
                        Texts.text("detail.resource.memory"),
                        Texts.text("detail.age")),
                lines,
                Texts.text("detail.noPods"));
    }

    /** Bytes in the unit that people read, small amounts of CPU in thousandths. */
    static String readable(String resource, Quantity amount) {
        double value = amount.amount().doubleValue();
        if (resource.equals("cpu")) {
            return value > 0 && value < 10 && value != Math.rint(value)
                    ? Math.round(value * 1000) + "m"
                    : String.valueOf(Math.round(value * 10) / 10.0).replaceAll("\\.0$", "");
        }
        String[] units = {"", "Ki", "Mi", "Gi", "Ti"};
        if (value < 100_000) {
            return amount.toString();
        }
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return (value == Math.rint(value)
                        ? String.valueOf((long) value)
                        : String.valueOf(Math.round(value * 10) / 10.0))
                + units[unit];
    }
}
