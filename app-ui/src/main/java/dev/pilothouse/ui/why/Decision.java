package dev.pilothouse.ui.why;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the scheduler has decided about a pod, read from /apis/scheduling.pilothouse.dev/v1.
 *
 * @param outcome {@code Scheduled}, {@code Unschedulable}, {@code SchedulingGated}, {@code
 *     NotTried}
 * @param message what the pod's condition says
 * @param nodeCount nodes in all
 * @param feasible nodes that could take the pod
 * @param checks the names of the filters that refused some node
 * @param nodes the nodes with what each check said, nearest first
 * @param fixes what would let the pod in, the smallest first
 */
record Decision(
        String outcome,
        String message,
        long nodeCount,
        long feasible,
        List<String> checks,
        List<NodeVerdict> nodes,
        List<Fix> fixes) {

    /** A node with what each check said, in the order of {@link Decision#checks()}. */
    record NodeVerdict(String node, boolean fits, List<String> refusals) {}

    /**
     * What would let the pod in.
     *
     * @param node onto this node
     * @param verified whether it has been tried out
     * @param description a sentence
     * @param changes what is to be changed
     */
    record Fix(String node, boolean verified, String description, List<ObjectNode> changes) {}

    static Decision of(JsonNode json) {
        JsonNode status = json.path("status");
        Set<String> checks = new LinkedHashSet<>();
        for (ObjectNode node : Json.objects(status, "nodes")) {
            for (ObjectNode filter : Json.objects(node, "filters")) {
                if (!Json.bool(filter, "passed")) {
                    checks.add(Json.text(filter, "plugin"));
                }
            }
        }
        List<NodeVerdict> nodes = new ArrayList<>();
        for (ObjectNode node : Json.objects(status, "nodes")) {
            List<String> refusals = new ArrayList<>();
            for (String check : checks) {
                refusals.add(
                        Json.objects(node, "filters").stream()
                                .filter(each -> Json.text(each, "plugin").equals(check))
                                .filter(each -> !Json.bool(each, "passed"))
                                .findFirst()
                                .map(Decision::refusal)
                                .orElse(""));
            }
            nodes.add(new NodeVerdict(Json.text(node, "name"), Json.bool(node, "fits"), refusals));
        }
        List<Fix> fixes = new ArrayList<>();
        Fix best = fix(Json.objectAt(status, "fix"));
        if (best != null) {
            fixes.add(best);
        }
        for (ObjectNode other : Json.objects(status, "alternatives")) {
            Fix fix = fix(other);
            if (fix != null) {
                fixes.add(fix);
            }
        }
        return new Decision(
                Json.text(status, "outcome"),
                Json.text(status, "message"),
                Json.number(status, 0, "nodeCount"),
                Json.number(status, 0, "feasibleCount"),
                List.copyOf(checks),
                nodes,
                fixes);
    }

    /**
     * An amount of bytes in the largest unit in which it has four digits or fewer, rounded down.
     */
    private static String readable(String quantity) {
        String units = "KMGTPE";
        int unit =
                quantity.endsWith("i") ? units.indexOf(quantity.charAt(quantity.length() - 2)) : -1;
        String digits = unit < 0 ? "" : quantity.substring(0, quantity.length() - 2);
        if (!digits.matches("\\d{5,18}")) {
            return quantity;
        }
        long amount = Long.parseLong(digits);
        while (amount > 9_999 && unit < units.length() - 1) {
            amount /= 1024;
            unit++;
        }
        return amount + units.substring(unit, unit + 1) + "i";
    }

    /** Why, and by how much. */
    private static String refusal(ObjectNode filter) {
        StringJoiner text = new StringJoiner("\n");
        for (ObjectNode shortage : Json.objects(filter, "shortages")) {
            text.add(
                    Texts.text(
                            "why.shortage",
                            Json.text(shortage, "resource"),
                            Json.text(shortage, "needs"),
                            readable(Json.text(shortage, "free"))));
        }
        filter.path("taints").forEach(taint -> text.add(taint.asString("")));
        filter.path("missingLabels").forEach(label -> text.add(label.asString("")));
        if (text.length() == 0) {
            filter.path("reasons").forEach(reason -> text.add(reason.asString("")));
        }
        return text.toString();
    }

    private static @Nullable Fix fix(@Nullable ObjectNode json) {
        return json == null
                ? null
                : new Fix(
                        Json.text(json, "nodeName"),
                        Json.bool(json, "verified"),
                        Json.text(json, "description"),
                        Json.objects(json, "changes"));
    }
}
