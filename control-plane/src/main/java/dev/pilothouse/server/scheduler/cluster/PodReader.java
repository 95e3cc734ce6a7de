package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads pods. Pods of the same shape share one instance of it. Thread-safe. */
public final class PodReader {

    private final Interner<PodShape> shapes = new Interner<>();

    /** A reader that knows no shapes yet. */
    public PodReader() {}

    /** Reads a pod. */
    public PodInfo read(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        JsonNode spec = pod.path("spec");
        JsonNode status = pod.path("status");
        return new PodInfo(
                shapes.intern(shape(metadata, spec, status)),
                Json.text(metadata, "name"),
                Json.text(metadata, "uid"),
                Json.text(spec, "nodeName").intern(),
                Json.text(status, "nominatedNodeName"),
                Json.text(spec, "schedulerName").intern(),
                gates(spec),
                state(metadata, status),
                isMarked(status),
                millis(Json.text(status, "startTime")));
    }

    private static PodShape shape(JsonNode metadata, JsonNode spec, JsonNode status) {
        String namespace = Json.text(metadata, "namespace");
        Map<String, String> labels = Json.stringMap(metadata, "labels");
        return new PodShape(
                namespace,
                labels,
                owner(metadata),
                (int) Json.number(spec, 0, "priority"),
                !Json.text(spec, "preemptionPolicy").equals("Never"),
                DemandReader.read(spec, status),
                nodeRules(spec),
                tolerations(spec),
                affinity(spec, namespace, labels),
                spread(spec, labels),
                VolumeReader.read(Json.text(metadata, "name"), spec));
    }

    private static String owner(JsonNode metadata) {
        for (JsonNode owner : Json.objects(metadata, "ownerReferences")) {
            if (Json.bool(owner, "controller")) {
                return Json.text(owner, "kind") + "/" + Json.text(owner, "name");
            }
        }
        return "";
    }

    private static List<String> gates(JsonNode spec) {
        List<String> gates = new ArrayList<>();
        for (JsonNode gate : Json.objects(spec, "schedulingGates")) {
            gates.add(Json.text(gate, "name"));
        }
        return gates;
    }

    private static PodInfo.State state(JsonNode metadata, JsonNode status) {
        String phase = Json.text(status, "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return PodInfo.State.FINISHED;
        }
        if (Json.at(metadata, "deletionTimestamp") == null) {
            return PodInfo.State.ACTIVE;
        }
        for (JsonNode condition : Json.objects(status, "conditions")) {
            if (Json.text(condition, "type").equals("DisruptionTarget")
                    && Json.text(condition, "status").equals("True")
                    && Json.text(condition, "reason").equals("PreemptionByScheduler")) {
                return PodInfo.State.PREEMPTED;
            }
        }
        return PodInfo.State.DELETING;
    }

    private static boolean isMarked(JsonNode status) {
        for (JsonNode condition : Json.objects(status, "conditions")) {
            if (Json.text(condition, "type").equals("PodScheduled")) {
                return Json.text(condition, "status").equals("False");
            }
        }
        return false;
    }

    private static NodeRules nodeRules(JsonNode spec) {
        Map<String, String> selector = Json.stringMap(spec, "nodeSelector");
        ObjectNode affinity = Json.objectAt(spec, "affinity", "nodeAffinity");
        if (selector.isEmpty() && affinity == null) {
            return NodeRules.NONE;
        }
        List<NodeRules.Preference> preferred = new ArrayList<>();
        for (JsonNode preference :
                Json.objects(affinity, "preferredDuringSchedulingIgnoredDuringExecution")) {
            preferred.add(
                    new NodeRules.Preference(
                            (int) Json.number(preference, 0, "weight"),
                            Selectors.nodeTerm(preference.get("preference"))));
        }
        return new NodeRules(
                selector,
                Selectors.nodeTerms(
                        Json.at(affinity, "requiredDuringSchedulingIgnoredDuringExecution")),
                preferred);
    }

    private static List<Toleration> tolerations(JsonNode spec) {
        List<Toleration> tolerations = new ArrayList<>();
        for (JsonNode toleration : Json.objects(spec, "tolerations")) {
            tolerations.add(
                    new Toleration(
                            Json.text(toleration, "key"),
                            Json.text(toleration, "operator"),
                            Json.text(toleration, "value"),
                            Json.text(toleration, "effect")));
        }
        return tolerations;
    }

    private static PodAffinity affinity(
            JsonNode spec, String namespace, Map<String, String> labels) {
        ObjectNode near = Json.objectAt(spec, "affinity", "podAffinity");
        ObjectNode away = Json.objectAt(spec, "affinity", "podAntiAffinity");
        if (near == null && away == null) {
            return PodAffinity.NONE;
        }
        return new PodAffinity(
                required(near, namespace, labels),
                required(away, namespace, labels),
                preferred(near, namespace, labels),
                preferred(away, namespace, labels));
    }

    private static List<AffinityTerm> required(
            @Nullable ObjectNode affinity, String namespace, Map<String, String> labels) {
        return Json.objects(affinity, "requiredDuringSchedulingIgnoredDuringExecution").stream()
                .map(term -> term(term, namespace, labels, 0))
                .toList();
    }

    private static List<AffinityTerm> preferred(
            @Nullable ObjectNode affinity, String namespace, Map<String, String> labels) {
        List<AffinityTerm> terms = new ArrayList<>();
        for (JsonNode preference :
                Json.objects(affinity, "preferredDuringSchedulingIgnoredDuringExecution")) {
            if (preference.get("podAffinityTerm") instanceof ObjectNode term) {
                int weight = (int) Json.number(preference, 0, "weight");
                terms.add(term(term, namespace, labels, weight));
            }
        }
        return terms;
    }

    private static AffinityTerm term(
            ObjectNode term, String namespace, Map<String, String> labels, int weight) {
        Set<String> namespaces = new HashSet<>(Selectors.strings(term, "namespaces"));
        LabelSelector namespaceSelector = Selectors.labels(term.get("namespaceSelector"));
        if (namespaces.isEmpty() && namespaceSelector == null) {
            namespaces.add(namespace);
        }
        return new AffinityTerm(
                Selectors.labels(term, "labelSelector", labels),
                namespaces,
                namespaceSelector,
                Json.text(term, "topologyKey"),
                weight);
    }

    private static List<SpreadConstraint> spread(JsonNode spec, Map<String, String> labels) {
        List<SpreadConstraint> constraints = new ArrayList<>();
        for (ObjectNode constraint : Json.objects(spec, "topologySpreadConstraints")) {
            constraints.add(
                    new SpreadConstraint(
                            (int) Json.number(constraint, 1, "maxSkew"),
                            Json.text(constraint, "topologyKey"),
                            !Json.text(constraint, "whenUnsatisfiable").equals("ScheduleAnyway"),
                            Selectors.labels(constraint, "labelSelector", labels),
                            (int) Json.number(constraint, 1, "minDomains"),
                            !Json.text(constraint, "nodeAffinityPolicy").equals("Ignore"),
                            Json.text(constraint, "nodeTaintsPolicy").equals("Honor")));
        }
        return constraints;
    }

    private static long millis(String time) {
        try {
            return time.isEmpty() ? 0 : Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException _) {
            return 0;
        }
    }
}
