package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.Taint;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.Profile;
import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.placement.Checks;
import dev.pilothouse.server.scheduler.placement.Checks.Verdict;
import dev.pilothouse.server.scheduler.placement.Ratings;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit.Shortage;
import dev.pilothouse.server.scheduler.preemption.Victims;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what became of an attempt, worked out anew from what the scheduler saw. Thread-safe. */
final class DecisionWriter {

    static final String API_VERSION = "scheduling.pilothouse.dev/v1";

    private final Profile profile;

    DecisionWriter(Profile profile) {
        this.profile = profile;
    }

    private record Row(NodeInfo node, List<Verdict> verdicts, int refusals) {}

    /** The whole record, with so many nodes described at most. */
    ObjectNode write(Attempt attempt, List<Fix> fixes, int limit) {
        PodInfo pod = attempt.pod();
        ObjectNode decision = Json.object();
        decision.put("kind", "PodDecision").put("apiVersion", API_VERSION);
        decision.putObject("metadata")
                .put("namespace", pod.namespace())
                .put("name", pod.name())
                .put("uid", pod.uid());
        ObjectNode status = decision.putObject("status");
        status.put("time", attempt.when().toString());
        status.put("attempt", attempt.number());
        status.put("outcome", attempt.node().isEmpty() ? "Unschedulable" : "Scheduled");
        if (!attempt.node().isEmpty()) {
            status.put("nodeName", attempt.node());
        }
        if (!attempt.message().isEmpty()) {
            status.put("message", attempt.message());
        }
        ObjectNode requests = status.putObject("requests");
        Amounts.texts(pod.shape().requests()).forEach(requests::put);
        nodes(status, attempt, limit);
        victims(status, attempt);
        fixes(status, fixes);
        return decision;
    }

    private void nodes(ObjectNode status, Attempt attempt, int limit) {
        Snapshot snapshot = attempt.snapshot();
        status.put("nodeCount", snapshot.size());
        Checks checks = Checks.of(profile, attempt.pod(), snapshot);
        Status rejection = checks.rejection();
        if (rejection != null) {
            ObjectNode json = status.putObject("rejection").put("plugin", rejection.plugin());
            reasons(json, rejection);
        }
        List<Row> rows = new ArrayList<>();
        List<NodeInfo> feasible = new ArrayList<>();
        for (int i = 0; i < snapshot.size(); i++) {
            NodeInfo node = snapshot.at(i);
            List<Verdict> verdicts = checks.verdicts(node);
            int refusals = 0;
            for (Verdict verdict : verdicts) {
                refusals += verdict.status().isSuccess() ? 0 : 1;
            }
            boolean named = checks.names() == null || checks.names().contains(node.name());
            refusals += named ? 0 : 1;
            if (refusals == 0 && rejection == null) {
                feasible.add(node);
            }
            rows.add(new Row(node, verdicts, refusals));
        }
        status.put("feasibleCount", feasible.size());
        Scores scores = new Scores(profile, attempt.pod(), snapshot, feasible);
        rows.sort(
                Comparator.comparing((Row row) -> !row.node().name().equals(attempt.node()))
                        .thenComparingInt(Row::refusals)
                        .thenComparing(
                                Comparator.comparingLong((Row row) -> scores.total(row.node()))
                                        .reversed())
                        .thenComparing(row -> row.node().name()));
        ArrayNode array = status.putArray("nodes");
        rows.stream().limit(limit).forEach(row -> row(array.addObject(), row, attempt, scores));
    }

    private static void row(ObjectNode json, Row row, Attempt attempt, Scores scores) {
        NodeInfo node = row.node();
        json.put("name", node.name());
        json.put("fits", row.refusals() == 0);
        ArrayNode filters = json.putArray("filters");
        for (Verdict verdict : row.verdicts()) {
            ObjectNode filter = filters.addObject();
            filter.put("plugin", verdict.plugin()).put("passed", verdict.status().isSuccess());
            if (!verdict.status().isSuccess()) {
                reasons(filter, verdict.status());
                details(filter, verdict.plugin(), attempt.pod(), node);
            }
        }
        scores.write(json, node);
    }

    private static void reasons(ObjectNode json, Status status) {
        ArrayNode reasons = json.putArray("reasons");
        status.reasons().forEach(reasons::add);
        json.put("helpedByPreemption", status.code() == Status.Code.UNSCHEDULABLE);
    }

    /** By how much it does not fit. */
    private static void details(ObjectNode json, String plugin, PodInfo pod, NodeInfo node) {
        switch (plugin) {
            case NodeResourcesFit.NAME -> {
                ArrayNode shortages = json.putArray("shortages");
                for (Shortage shortage : NodeResourcesFit.shortages(pod.shape().demand(), node)) {
                    String resource = shortage.resource();
                    shortages
                            .addObject()
                            .put("resource", resource)
                            .put("needs", Amounts.text(resource, shortage.requested()))
                            .put("free", Amounts.text(resource, shortage.free()))
                            .put("allocatable", Amounts.text(resource, shortage.capacity()));
                }
            }
            case "TaintToleration" -> {
                ArrayNode taints = json.putArray("taints");
                for (Taint taint : node.node().taints()) {
                    if (taint.repels() && !pod.shape().tolerates(taint)) {
                        taints.add(taint.toString());
                    }
                }
            }
            case "NodeAffinity" -> {
                ArrayNode labels = json.putArray("missingLabels");
                pod.shape()
                        .nodes()
                        .selector()
                        .forEach((key, value) -> {
                            if (!value.equals(node.node().labels().get(key))) {
                                labels.add(key + "=" + value);
                            }
                        });
            }
            default -> {}
        }
    }

    private static void victims(ObjectNode status, Attempt attempt) {
        Victims victims = attempt.victims();
        if (victims != null) {
            ObjectNode json = status.putObject("preemption");
            json.put("nodeName", victims.node().name());
            json.put("budgetViolations", victims.violations());
            ArrayNode pods = json.putArray("victims");
            victims.pods().forEach(pod -> pods.add(pod.key()));
        }
    }

    private static void fixes(ObjectNode status, List<Fix> fixes) {
        if (fixes.isEmpty()) {
            return;
        }
        write(status.putObject("fix"), fixes.getFirst());
        ArrayNode others = status.putArray("alternatives");
        fixes.stream().skip(1).limit(5).forEach(fix -> write(others.addObject(), fix));
    }

    private static void write(ObjectNode json, Fix fix) {
        json.put("nodeName", fix.node()).put("verified", fix.verified());
        json.put(
                "description",
                String.join("; ", fix.changes().stream().map(Change::description).toList()));
        ArrayNode changes = json.putArray("changes");
        fix.changes().forEach(change -> changes.add(ChangeWriter.write(change)));
    }

    /** The scores of all nodes that can take the pod. */
    private static final class Scores {

        private final List<Ratings.Rating> ratings;
        private final List<NodeInfo> nodes;
        private final long[][] normalized;
        private final Map<String, Integer> indexes = new HashMap<>();

        Scores(Profile profile, PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
            this.nodes = feasible;
            this.ratings =
                    feasible.isEmpty() ? List.of() : new Ratings(profile, pod, snapshot).all();
            this.normalized = new long[ratings.size()][nodes.size()];
            for (int p = 0; p < ratings.size(); p++) {
                NodeScorer scorer = ratings.get(p).scorer();
                scorer.feasible(nodes);
                for (int i = 0; i < nodes.size(); i++) {
                    normalized[p][i] = scorer.score(nodes.get(i));
                }
                scorer.normalize(normalized[p], nodes.size());
            }
            for (int i = 0; i < nodes.size(); i++) {
                indexes.put(nodes.get(i).name(), i);
            }
        }

        long total(NodeInfo node) {
            Integer index = indexes.get(node.name());
            long total = 0;
            for (int p = 0; index != null && p < ratings.size(); p++) {
                total += normalized[p][index] * ratings.get(p).weight();
            }
            return total;
        }

        void write(ObjectNode json, NodeInfo node) {
            Integer index = indexes.get(node.name());
            if (index == null) {
                return;
            }
            ArrayNode scores = json.putArray("scores");
            for (int p = 0; p < ratings.size(); p++) {
                scores.addObject()
                        .put("plugin", ratings.get(p).plugin())
                        .put("score", normalized[p][index])
                        .put("weight", ratings.get(p).weight());
            }
            json.put("total", total(node));
        }
    }
}
