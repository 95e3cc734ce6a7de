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
import java.util.StringJoiner;
import tools.jackson.databind.node.ObjectNode;

/** Where a Service leads. */
final class ServiceSections {

    private ServiceSections() {}

    static Section facts(DetailData data) {
        ObjectNode service = data.object();
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(Texts.text("detail.type"), Json.text(service, "spec", "type")));
        facts.add(Fact.of(Texts.text("detail.ip"), Json.text(service, "spec", "clusterIP")));
        facts.add(Fact.of(Texts.text("detail.selector"), Relations.selector(service)));
        StringJoiner ports = new StringJoiner("\n");
        for (ObjectNode port : Json.objects(service, "spec", "ports")) {
            String name = Json.text(port, "name");
            long nodePort = Json.number(port, 0, "nodePort");
            ports.add(
                    (name.isEmpty() ? "" : name + "  ")
                            + Json.number(port, 0, "port")
                            + " \u2192 "
                            + port.path("targetPort").asString("")
                            + "  "
                            + Json.text(port, "protocol")
                            + (nodePort == 0 ? "" : "  node " + nodePort));
        }
        facts.add(Fact.of(Texts.text("detail.ports"), ports.toString()));
        facts.removeIf(fact -> fact.value().isEmpty());
        return new Section("Service", new Facts(facts));
    }

    static List<Section> of(DetailData data) {
        List<Line> lines = new ArrayList<>();
        for (ObjectNode slice : data.related("endpointslices")) {
            for (ObjectNode endpoint : Json.objects(slice, "endpoints")) {
                lines.add(endpoint(data, slice, endpoint));
            }
        }
        return List.of(
                facts(data),
                new Section(
                        Texts.text("detail.endpoints"),
                        new Grid(
                                List.of(
                                        Texts.text("detail.address"),
                                        Texts.text("detail.ports"),
                                        Texts.text("detail.pod"),
                                        Texts.text("detail.node"),
                                        Texts.text("detail.ready")),
                                lines,
                                Texts.text("detail.noEndpoints"))));
    }

    private static Line endpoint(DetailData data, ObjectNode slice, ObjectNode endpoint) {
        StringJoiner ports = new StringJoiner(", ");
        Json.objects(slice, "ports")
                .forEach(port -> ports.add(String.valueOf(Json.number(port, 0, "port"))));
        boolean ready = Json.bool(endpoint, "conditions", "ready");
        boolean terminating = Json.bool(endpoint, "conditions", "terminating");
        String target = Json.text(endpoint, "targetRef", "name");
        return Line.of(
                ready ? Tone.GOOD : Tone.WAITING,
                data.link(Json.text(endpoint, "targetRef", "kind"), target),
                endpoint.path("addresses").path(0).asString(""),
                ports.toString(),
                target,
                Json.text(endpoint, "nodeName"),
                Texts.text(
                        ready ? "detail.yes" : terminating ? "detail.noTerminating" : "detail.no"));
    }
}
