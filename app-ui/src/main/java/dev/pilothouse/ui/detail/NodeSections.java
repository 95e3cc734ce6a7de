package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.ui.detail.Section.Bar;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How full a node is, and with what. */
final class NodeSections {

    private static final double NEARLY_FULL = 0.9;

    private NodeSections() {}

    static List<Section> of(DetailData data) {
        return List.of(
                facts(data),
                Sections.bars(Texts.text("detail.packing"), bars(data)),
                new Section(
                        Texts.text("detail.pods"), PodSections.pods(data, data.related("pods"))));
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
                        taints.length() == 0 ? Texts.text("detail.none") : taints.toString()));
        for (ObjectNode address : Json.objects(node, "status", "addresses")) {
            facts.add(Fact.of(Json.text(address, "type"), Json.text(address, "address")));
        }
        JsonNode info = node.path("status").path("nodeInfo");
        for (String field :
                List.of("kubeletVersion", "containerRuntimeVersion", "osImage", "architecture")) {
            String value = Json.text(info, field);
            if (!value.isEmpty()) {
                facts.add(Fact.of(field, value));
            }
        }
        return new Section(Texts.text("detail.node"), new Facts(facts));
    }

    /** What is requested of what can be had. */
    private static List<Bar> bars(DetailData data) {
        Map<String, Quantity> requested = new TreeMap<>();
        int pods = 0;
        for (ObjectNode pod : data.related("pods")) {
            String phase = Json.text(pod, "status", "phase");
            if (phase.equals("Succeeded") || phase.equals("Failed")) {
                continue;
            }
            pods++;
            for (ObjectNode container : Json.objects(pod, "spec", "containers")) {
                Json.stringMap(container, "resources", "requests")
                        .forEach((resource, amount) -> add(requested, resource, amount));
            }
        }
        requested.put("pods", Quantity.of(pods));
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
                                        Texts.text("detail.of", readable(taken), readable(all)),
                                        share > 1
                                                ? Tone.BAD
                                                : share > NEARLY_FULL ? Tone.WAITING : Tone.GOOD));
                    }
                });
        return bars;
    }

    private static void add(Map<String, Quantity> sums, String resource, String amount) {
        if (Quantity.isValid(amount)) {
            sums.merge(resource, Quantity.parse(amount), Quantity::add);
        }
    }

    /** Bytes in the unit that people read. */
    static String readable(Quantity amount) {
        double value = amount.amount().doubleValue();
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
