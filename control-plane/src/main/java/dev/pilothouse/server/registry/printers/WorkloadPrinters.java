package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of the kinds that make pods. */
final class WorkloadPrinters {

    private WorkloadPrinters() {}

    static void register(Registry registry) {
        registry.add(
                "apps",
                "deployments",
                WorkloadPrinters::deployment,
                "Name",
                "Ready",
                "Up-to-date",
                "Available",
                "Age",
                "+Containers",
                "+Images",
                "+Selector");
        registry.add(
                "apps",
                "replicasets",
                WorkloadPrinters::replicaSet,
                "Name",
                "Desired:integer",
                "Current:integer",
                "Ready:integer",
                "Age",
                "+Containers",
                "+Images",
                "+Selector");
        registry.add(
                "",
                "replicationcontrollers",
                WorkloadPrinters::replicationController,
                "Name",
                "Desired:integer",
                "Current:integer",
                "Ready:integer",
                "Age",
                "+Containers",
                "+Images",
                "+Selector");
        registry.add(
                "apps",
                "statefulsets",
                WorkloadPrinters::statefulSet,
                "Name",
                "Ready",
                "Age",
                "+Containers",
                "+Images");
        registry.add(
                "apps",
                "daemonsets",
                WorkloadPrinters::daemonSet,
                "Name",
                "Desired:integer",
                "Current:integer",
                "Ready:integer",
                "Up-to-date:integer",
                "Available:integer",
                "Node Selector",
                "Age",
                "+Containers",
                "+Images",
                "+Selector");
        registry.add(
                "apps",
                "controllerrevisions",
                WorkloadPrinters::controllerRevision,
                "Name",
                "Controller",
                "Revision",
                "Age");
        registry.add(
                "",
                "podtemplates",
                WorkloadPrinters::podTemplate,
                "Name",
                "Containers",
                "Images",
                "Pod Labels");
    }

    private static @Nullable JsonNode podSpec(ObjectNode object) {
        return Json.at(object, "spec", "template", "spec");
    }

    private static List<Object> deployment(ObjectNode object, Instant now) {
        JsonNode pod = podSpec(object);
        return List.of(
                Cells.name(object),
                readyOf(object),
                Cells.number(object, "status", "updatedReplicas"),
                Cells.number(object, "status", "availableReplicas"),
                Cells.age(object, now),
                Cells.containers(pod),
                Cells.images(pod),
                LabelSelectors.text(Json.at(object, "spec", "selector"), "<invalid>"));
    }

    private static List<Object> replicaSet(ObjectNode object, Instant now) {
        JsonNode pod = podSpec(object);
        return List.of(
                Cells.name(object),
                Cells.number(object, "spec", "replicas"),
                Cells.number(object, "status", "replicas"),
                Cells.number(object, "status", "readyReplicas"),
                Cells.age(object, now),
                Cells.containers(pod),
                Cells.images(pod),
                LabelSelectors.format(Json.at(object, "spec", "selector")));
    }

    private static List<Object> replicationController(ObjectNode object, Instant now) {
        JsonNode pod = podSpec(object);
        return List.of(
                Cells.name(object),
                Cells.number(object, "spec", "replicas"),
                Cells.number(object, "status", "replicas"),
                Cells.number(object, "status", "readyReplicas"),
                Cells.age(object, now),
                Cells.containers(pod),
                Cells.images(pod),
                Cells.labels(object, "spec", "selector"));
    }

    private static List<Object> statefulSet(ObjectNode object, Instant now) {
        JsonNode pod = podSpec(object);
        return List.of(
                Cells.name(object),
                readyOf(object),
                Cells.age(object, now),
                Cells.containers(pod),
                Cells.images(pod));
    }

    private static List<Object> daemonSet(ObjectNode object, Instant now) {
        JsonNode pod = podSpec(object);
        return List.of(
                Cells.name(object),
                Cells.number(object, "status", "desiredNumberScheduled"),
                Cells.number(object, "status", "currentNumberScheduled"),
                Cells.number(object, "status", "numberReady"),
                Cells.number(object, "status", "updatedNumberScheduled"),
                Cells.number(object, "status", "numberAvailable"),
                Cells.labels(pod, "nodeSelector"),
                Cells.age(object, now),
                Cells.containers(pod),
                Cells.images(pod),
                LabelSelectors.format(Json.at(object, "spec", "selector")));
    }

    private static List<Object> controllerRevision(ObjectNode object, Instant now) {
        return List.of(
                Cells.name(object),
                controller(object),
                Cells.number(object, "revision"),
                Cells.age(object, now));
    }

    /** The owner that controls it as {@code statefulset.apps/web}. */
    private static String controller(ObjectNode object) {
        for (ObjectNode owner : Json.objects(object, "metadata", "ownerReferences")) {
            if (Json.bool(owner, "controller")) {
                String apiVersion = Json.text(owner, "apiVersion");
                int slash = apiVersion.indexOf('/');
                String group = slash < 0 ? "" : "." + apiVersion.substring(0, slash);
                String kind = Json.text(owner, "kind") + group;
                return kind.toLowerCase(Locale.ROOT) + "/" + Json.text(owner, "name");
            }
        }
        return Cells.NONE;
    }

    private static List<Object> podTemplate(ObjectNode object, Instant now) {
        JsonNode pod = Json.at(object, "template", "spec");
        return List.of(
                Cells.name(object),
                Cells.containers(pod),
                Cells.images(pod),
                Cells.labels(object, "template", "metadata", "labels"));
    }

    private static String readyOf(ObjectNode object) {
        return Cells.number(object, "status", "readyReplicas")
                + "/"
                + Cells.number(object, "spec", "replicas");
    }
}
