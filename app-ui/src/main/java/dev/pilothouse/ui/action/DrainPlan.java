package dev.pilothouse.ui.action;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What draining a node would do to each of its pods, from what the API says of pods and disruption
 * budgets. Nothing is changed. Source: kubectl drain's filters; KEP-85 for budgets.
 *
 * @param node the node
 * @param entries its pods, those that need attention first
 */
public record DrainPlan(String node, List<Entry> entries) {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** What becomes of a pod. */
    public enum Fate {
        /** Nobody makes another one. */
        LOST,
        /** A disruption budget has to allow it first. */
        WAITS,
        /** Its owner makes another one, and what is in its emptyDir volumes is lost. */
        LOSES_DATA,
        /** Its owner makes another one. */
        MOVES,
        /** It has ended already and is taken away. */
        ENDED,
        /** It belongs to the node and stays. */
        STAYS
    }

    /**
     * One pod.
     *
     * @param namespace its namespace
     * @param name its name
     * @param uid its uid
     * @param fate what becomes of it
     * @param owner what owns it, such as {@code ReplicaSet web-5d9c}, or empty
     * @param budget the disruption budget it waits for, or empty
     * @param losing its emptyDir volumes, whose content is lost
     * @param to the node its successor would go to now, or empty when nobody can tell
     * @param nowhere why there is no node for its successor, or empty
     */
    public record Entry(
            String namespace,
            String name,
            String uid,
            Fate fate,
            String owner,
            String budget,
            List<String> losing,
            String to,
            String nowhere) {

        /** Copies the list. */
        public Entry {
            losing = List.copyOf(losing);
        }

        private Entry placed(Placements.Place place) {
            return new Entry(
                    namespace,
                    name,
                    uid,
                    fate,
                    owner,
                    budget,
                    losing,
                    place.node(),
                    place.message());
        }

        /** Whether draining takes it from the node. */
        public boolean goes() {
            return fate != Fate.STAYS;
        }

        /** Whether its owner makes another one elsewhere. */
        public boolean moves() {
            return fate == Fate.MOVES || fate == Fate.WAITS || fate == Fate.LOSES_DATA;
        }
    }

    /** Copies the list. */
    public DrainPlan {
        entries = List.copyOf(entries);
    }

    /** With where the scheduler would put those that somebody makes again. */
    public DrainPlan with(Placements placements) {
        Map<String, Placements.Place> places = new HashMap<>();
        placements
                .places()
                .forEach(place -> places.put(place.namespace() + "/" + place.name(), place));
        return new DrainPlan(
                node,
                entries.stream()
                        .map(entry -> {
                            Placements.Place place = places.get(entry.namespace + "/" + entry.name);
                            return place == null || !entry.moves() ? entry : entry.placed(place);
                        })
                        .toList());
    }

    /** Whether something is lost for good: pods without owner, content of emptyDir volumes. */
    public boolean loses() {
        return entries.stream()
                .anyMatch(entry ->
                        entry.fate == Fate.LOST || entry.goes() && !entry.losing.isEmpty());
    }

    /** How many pods move and lose what is in their emptyDir volumes. */
    public long losing() {
        return entries.stream().filter(entry -> entry.moves() && !entry.losing.isEmpty()).count();
    }

    /** How many pods have that fate. */
    public long count(Fate fate) {
        return entries.stream().filter(entry -> entry.fate == fate).count();
    }

    /**
     * Works it out.
     *
     * @param pods the pods of the node
     * @param budgets the disruption budgets of all namespaces
     */
    public static DrainPlan of(String node, List<ObjectNode> pods, List<ObjectNode> budgets) {
        Map<ObjectNode, Long> allowed = new HashMap<>();
        budgets.forEach(budget ->
                allowed.put(budget, Json.number(budget, 0, "status", "disruptionsAllowed")));
        List<Entry> entries = new ArrayList<>();
        for (ObjectNode pod : pods) {
            entries.add(entry(pod, allowed));
        }
        entries.sort(
                Comparator.comparing(Entry::fate)
                        .thenComparing(Entry::namespace)
                        .thenComparing(Entry::name));
        return new DrainPlan(node, entries);
    }

    private static Entry entry(ObjectNode pod, Map<ObjectNode, Long> allowed) {
        ObjectNode controller = controller(pod);
        String owner =
                controller == null
                        ? ""
                        : Json.text(controller, "kind") + " " + Json.text(controller, "name");
        Fate fate = fate(pod, controller);
        String budget = "";
        if (fate == Fate.MOVES || fate == Fate.LOSES_DATA || fate == Fate.LOST) {
            budget = take(pod, allowed);
            if (!budget.isEmpty() && fate != Fate.LOST) {
                fate = Fate.WAITS;
            }
        }
        return new Entry(
                Json.text(pod, "metadata", "namespace"),
                Json.text(pod, "metadata", "name"),
                Json.text(pod, "metadata", "uid"),
                fate,
                owner,
                budget,
                fate == Fate.STAYS || fate == Fate.ENDED ? List.of() : emptyDirs(pod),
                "",
                "");
    }

    private static List<String> emptyDirs(ObjectNode pod) {
        return Json.objects(pod, "spec", "volumes").stream()
                .filter(volume -> volume.has("emptyDir"))
                .map(volume -> Json.text(volume, "name"))
                .toList();
    }

    private static Fate fate(ObjectNode pod, @Nullable ObjectNode owner) {
        JsonNode annotations = Json.at(pod, "metadata", "annotations");
        if (annotations != null && annotations.has("kubernetes.io/config.mirror")) {
            return Fate.STAYS;
        }
        if (ENDED.contains(Json.text(pod, "status", "phase"))) {
            return Fate.ENDED;
        }
        if (owner == null) {
            return Fate.LOST;
        }
        if (Json.text(owner, "kind").equals("DaemonSet")) {
            return Fate.STAYS;
        }
        return emptyDirs(pod).isEmpty() ? Fate.MOVES : Fate.LOSES_DATA;
    }

    /** Uses up one disruption of each budget of a pod; names the one that has none left. */
    private static String take(ObjectNode pod, Map<ObjectNode, Long> allowed) {
        Map<String, String> labels = Json.stringMap(pod, "metadata", "labels");
        String namespace = Json.text(pod, "metadata", "namespace");
        String waits = "";
        for (Map.Entry<ObjectNode, Long> budget : allowed.entrySet()) {
            JsonNode selector = Json.at(budget.getKey(), "spec", "selector");
            if (Json.text(budget.getKey(), "metadata", "namespace").equals(namespace)
                    && selector != null
                    && LabelSelector.fromJson(selector).matches(labels::get)) {
                if (budget.getValue() <= 0) {
                    waits = Json.text(budget.getKey(), "metadata", "name");
                }
                budget.setValue(budget.getValue() - 1);
            }
        }
        return waits;
    }

    private static @Nullable ObjectNode controller(ObjectNode pod) {
        return Json.objects(pod, "metadata", "ownerReferences").stream()
                .filter(owner -> Json.bool(owner, "controller"))
                .findFirst()
                .orElse(null);
    }
}
