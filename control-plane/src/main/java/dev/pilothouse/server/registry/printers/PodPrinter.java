package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.ResourceSchema.Column;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Rows of pods. Source: pkg/printers/internalversion printPod. */
final class PodPrinter implements RowPrinter {

    private static final List<Column> COLUMNS =
            TableColumns.of(
                    "Name",
                    "Ready",
                    "Status",
                    "Restarts",
                    "Age",
                    "+IP",
                    "+Node",
                    "+Nominated Node",
                    "+Readiness Gates");

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<@Nullable Object> cells(ObjectNode pod, Instant now) {
        PodSummary summary = PodSummary.of(pod);
        return List.of(
                Cells.name(pod),
                summary.ready() + "/" + summary.total(),
                summary.reason(),
                summary.restartsText(now),
                Cells.age(pod, now),
                ip(pod),
                Cells.textOr(pod, Cells.NONE, "spec", "nodeName"),
                Cells.textOr(pod, Cells.NONE, "status", "nominatedNodeName"),
                readinessGates(pod));
    }

    @Override
    public List<ObjectNode> conditions(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return switch (phase) {
            case "Succeeded" -> List.of(completed(phase, "The pod has completed successfully."));
            case "Failed" -> List.of(completed(phase, "The pod failed."));
            default -> List.of();
        };
    }

    private static ObjectNode completed(String reason, String message) {
        ObjectNode condition = Json.object();
        condition.put("type", "Completed").put("status", "True");
        condition.put("reason", reason).put("message", message);
        return condition;
    }

    private static String ip(ObjectNode pod) {
        List<ObjectNode> addresses = Json.objects(pod, "status", "podIPs");
        return addresses.isEmpty()
                ? Cells.textOr(pod, Cells.NONE, "status", "podIP")
                : Cells.textOr(addresses.getFirst(), Cells.NONE, "ip");
    }

    private static String readinessGates(ObjectNode pod) {
        List<ObjectNode> gates = Json.objects(pod, "spec", "readinessGates");
        if (gates.isEmpty()) {
            return Cells.NONE;
        }
        long open =
                gates.stream()
                        .filter(gate ->
                                PodSummary.conditionTrue(pod, Json.text(gate, "conditionType")))
                        .count();
        return open + "/" + gates.size();
    }
}
