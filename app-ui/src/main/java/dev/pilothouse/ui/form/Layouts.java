package dev.pilothouse.ui.form;

import dev.pilothouse.ui.schema.FieldSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which fields of an object a form shows without being asked, in which order. Everything else of
 * the schema can be added. Hand-made for what people write most; for other kinds the required
 * fields and those that are set.
 */
final class Layouts {

    private static final List<String> CONTAINER =
            List.of(
                    "name",
                    "image",
                    "command",
                    "args",
                    "ports",
                    "env",
                    "resources",
                    "volumeMounts",
                    "readinessProbe",
                    "livenessProbe");
    private static final List<String> POD = List.of("containers", "volumes", "restartPolicy");
    private static final List<String> TEMPLATE = List.of("metadata", "spec");
    private static final List<String> METADATA = List.of("name", "namespace", "labels");

    /** By kind and path; {@code *} stands for an element or a key, {@code **} for any way there. */
    private static final Map<String, List<String>> FIELDS =
            Map.ofEntries(
                    Map.entry("metadata", METADATA),
                    Map.entry("**.containers.*", CONTAINER),
                    Map.entry("**.initContainers.*", CONTAINER),
                    Map.entry("**.ports.*", List.of("name", "port", "targetPort", "containerPort")),
                    Map.entry("**.env.*", List.of("name", "value")),
                    Map.entry("**.resources", List.of("requests", "limits")),
                    Map.entry("**.volumeMounts.*", List.of("name", "mountPath", "readOnly")),
                    Map.entry("**.template", TEMPLATE),
                    Map.entry("**.template.metadata", List.of("labels")),
                    Map.entry("**.template.spec", POD),
                    Map.entry("Pod:spec", POD),
                    Map.entry("Deployment:spec", List.of("replicas", "selector", "template")),
                    Map.entry(
                            "StatefulSet:spec",
                            List.of(
                                    "replicas",
                                    "serviceName",
                                    "selector",
                                    "template",
                                    "volumeClaimTemplates")),
                    Map.entry("DaemonSet:spec", List.of("selector", "template")),
                    Map.entry("**.selector", List.of("matchLabels")),
                    Map.entry(
                            "Job:spec",
                            List.of("completions", "parallelism", "backoffLimit", "template")),
                    Map.entry(
                            "CronJob:spec",
                            List.of("schedule", "timeZone", "concurrencyPolicy", "jobTemplate")),
                    Map.entry("**.jobTemplate", List.of("spec")),
                    Map.entry("**.jobTemplate.spec", List.of("backoffLimit", "template")),
                    Map.entry("Service:spec", List.of("type", "selector", "ports")),
                    Map.entry("Ingress:spec", List.of("ingressClassName", "rules", "tls")),
                    Map.entry("**.rules.*", List.of("host", "http")),
                    Map.entry("**.http.paths.*", List.of("path", "pathType", "backend")),
                    Map.entry("**.backend.service", List.of("name", "port")),
                    Map.entry("**.backend.service.port", List.of("number")),
                    Map.entry("ConfigMap:", List.of("metadata", "data")),
                    Map.entry("Secret:", List.of("metadata", "type", "stringData", "data")),
                    Map.entry(
                            "PersistentVolumeClaim:spec",
                            List.of("accessModes", "storageClassName", "resources")),
                    Map.entry("Namespace:", List.of("metadata")));

    private Layouts() {}

    /** The fields to show of an object at a path. */
    static List<String> fields(String kind, List<Object> path, FieldSchema schema, JsonNode value) {
        Set<String> fields = new LinkedHashSet<>();
        String place = place(path);
        List<String> made = FIELDS.get(kind + ":" + place);
        if (made == null) {
            made = FIELDS.get(place);
        }
        if (made == null) {
            made = bySuffix(place);
        }
        made.stream().filter(name -> schema.field(name) != null).forEach(fields::add);
        if (path.isEmpty() && fields.isEmpty()) {
            fields.add("metadata");
            if (schema.field("spec") != null) {
                fields.add("spec");
            }
        }
        fields.addAll(schema.required());
        fields.addAll(value.propertyNames());
        if (path.isEmpty()) {
            fields.removeAll(Set.of("apiVersion", "kind", "status"));
        }
        fields.remove("managedFields");
        return new ArrayList<>(fields);
    }

    private static String place(List<Object> path) {
        List<String> steps = new ArrayList<>();
        path.forEach(step -> steps.add(step instanceof Integer ? "*" : (String) step));
        return String.join(".", steps);
    }

    private static List<String> bySuffix(String place) {
        String rest = place;
        while (true) {
            List<String> found = FIELDS.get("**." + rest);
            if (found != null) {
                return found;
            }
            int dot = rest.indexOf('.');
            if (dot < 0) {
                return List.of();
            }
            rest = rest.substring(dot + 1);
        }
    }
}
