package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What kube-apiserver warns of in pods and templates. Source: pkg/api/pod/warnings.go. */
public final class PodWarnings {

    private static final Map<String, String> DEPRECATED_VOLUMES =
            Map.of(
                    "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
                    "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
                    "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
                    "flocker", "deprecated in v1.22, non-functional in v1.25+",
                    "storageos", "deprecated in v1.22, non-functional in v1.25+",
                    "quobyte", "deprecated in v1.22, non-functional in v1.25+",
                    "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
                    "cephfs", "deprecated in v1.28, non-functional in v1.31+",
                    "rbd", "deprecated in v1.28, non-functional in v1.31+");
    private static final Map<String, String> DEPRECATED_ANNOTATIONS =
            Map.of(
                    "scheduler.alpha.kubernetes.io/critical-pod",
                    "non-functional in v1.16+; use the \"priorityClassName\" field instead",
                    "security.alpha.kubernetes.io/sysctls",
                    "non-functional in v1.11+; use the \"sysctls\" field instead",
                    "security.alpha.kubernetes.io/unsafe-sysctls",
                    "non-functional in v1.11+; use the \"sysctls\" field instead",
                    "seccomp.security.alpha.kubernetes.io/pod",
                    "non-functional in v1.27+; use the \"seccompProfile\" field instead");
    private static final Map<String, String> DEPRECATED_LABELS =
            Map.of(
                    "beta.kubernetes.io/arch",
                    "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
                    "beta.kubernetes.io/os",
                    "deprecated since v1.14; use \"kubernetes.io/os\" instead",
                    "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
                    "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
                    "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");
    private static final List<String> BYTES = List.of("memory", "ephemeral-storage");

    private final List<String> warnings = new ArrayList<>();

    private PodWarnings() {}

    /** Warnings about a pod. */
    public static List<String> ofPod(JsonNode pod) {
        return of(pod, "");
    }

    /**
     * Warnings about a template.
     *
     * @param path where it is, for example {@code spec.template}
     */
    public static List<String> ofTemplate(JsonNode template, String path) {
        return of(template, path + ".");
    }

    private static List<String> of(JsonNode object, String prefix) {
        var collected = new PodWarnings();
        JsonNode spec = object.path("spec");
        collected.labels(spec, prefix);
        collected.annotations(object, prefix);
        collected.lists(spec, prefix + "spec.");
        collected.amounts(spec.path("overhead"), prefix + "spec.overhead");
        collected.containers(spec, prefix + "spec.");
        return List.copyOf(collected.warnings);
    }

    private void labels(JsonNode spec, String prefix) {
        for (var entry : spec.path("nodeSelector").properties()) {
            String why = DEPRECATED_LABELS.get(entry.getKey());
            if (why != null) {
                warnings.add(prefix + "spec.nodeSelector[" + entry.getKey() + "]: " + why);
            }
        }
        int index = 0;
        for (JsonNode constraint : spec.path("topologySpreadConstraints")) {
            String path = prefix + "spec.topologySpreadConstraints[" + index++ + "]";
            String key = FieldChecks.text(constraint, "topologyKey");
            String why = DEPRECATED_LABELS.get(key);
            if (why != null) {
                warnings.add(path + ".topologyKey: " + key + " is " + why);
            }
            if (!constraint.has("labelSelector")) {
                warnings.add(
                        path + ".labelSelector: a null labelSelector results in matching no pod");
            }
        }
    }

    private void annotations(JsonNode object, String prefix) {
        for (var entry : object.path("metadata").path("annotations").properties()) {
            String why = DEPRECATED_ANNOTATIONS.get(entry.getKey());
            if (why != null) {
                warnings.add(prefix + "metadata.annotations[" + entry.getKey() + "]: " + why);
            }
        }
    }

    private void lists(JsonNode spec, String prefix) {
        int index = 0;
        for (JsonNode volume : spec.path("volumes")) {
            for (String source : volume.propertyNames()) {
                String why = DEPRECATED_VOLUMES.get(source);
                if (why != null) {
                    String field = source.equals("storageos") ? "storageOS" : source;
                    warnings.add(prefix + "volumes[" + index + "]." + field + ": " + why);
                }
            }
            index++;
        }
        duplicates(spec, "hostAliases", "ip", prefix);
        duplicates(spec, "imagePullSecrets", "name", prefix);
        index = 0;
        for (JsonNode secret : spec.path("imagePullSecrets")) {
            if (FieldChecks.text(secret, "name").isEmpty()) {
                warnings.add(
                        prefix + "imagePullSecrets[" + index + "].name: invalid empty name \"\"");
            }
            index++;
        }
        long grace = spec.path("terminationGracePeriodSeconds").asLong(0);
        if (grace < 0) {
            warnings.add(
                    prefix
                            + "terminationGracePeriodSeconds: must be >= 0; negative values are"
                            + " invalid and will be treated as 1");
        }
    }

    private void duplicates(JsonNode spec, String list, String member, String prefix) {
        if (spec.path(list).size() < 2) {
            return;
        }
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (JsonNode element : spec.path(list)) {
            String value = FieldChecks.text(element, member);
            if (!seen.add(value)) {
                warnings.add(
                        prefix
                                + list
                                + "["
                                + index
                                + "]."
                                + member
                                + ": duplicate "
                                + member
                                + " "
                                + FieldErrors.quote(value));
            }
            index++;
        }
    }

    private void amounts(JsonNode amounts, String path) {
        for (String resource : BYTES) {
            String text = FieldChecks.text(amounts, resource);
            if (text.endsWith("m") && Quantity.isValid(text) && !Quantity.parse(text).isWhole()) {
                warnings.add(
                        path
                                + "["
                                + resource
                                + "]: fractional byte value "
                                + FieldErrors.quote(text)
                                + " is invalid, must be an integer");
            }
        }
    }

    private void containers(JsonNode spec, String prefix) {
        Map<String, List<Port>> ports = new HashMap<>();
        for (String list : PodSpecs.ALL_LISTS) {
            int index = 0;
            for (JsonNode container : spec.path(list)) {
                String path = prefix + list + "[" + index++ + "]";
                for (String member : PodSpecValidator.LIMITS_AND_REQUESTS) {
                    amounts(
                            container.path("resources").path(member),
                            path + ".resources." + member);
                }
                env(container.path("env"), path + ".env");
                ports(container.path("ports"), path + ".ports", ports);
            }
        }
    }

    private void env(JsonNode variables, String path) {
        if (variables.size() < 2) {
            return;
        }
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (JsonNode variable : variables) {
            String name = FieldChecks.text(variable, "name");
            String value = FieldChecks.text(variable, "value");
            String reference = "$(" + name + ")";
            boolean hides =
                    variable.has("valueFrom")
                            || value.equals(reference)
                            || !value.contains(reference);
            if (!seen.add(name) && hides) {
                warnings.add(
                        path
                                + "["
                                + index
                                + "]: hides previous definition of "
                                + FieldErrors.quote(name)
                                + ", which may be dropped when using apply");
            }
            index++;
        }
    }

    private record Port(String path, String hostIp, int hostPort) {}

    private void ports(JsonNode declared, String path, Map<String, List<Port>> all) {
        int index = 0;
        for (JsonNode port : declared) {
            String key =
                    port.path("containerPort").asInt(0) + "/" + FieldChecks.text(port, "protocol");
            var own =
                    new Port(
                            path + "[" + index++ + "]",
                            FieldChecks.text(port, "hostIP"),
                            port.path("hostPort").asInt(0));
            List<Port> others = all.computeIfAbsent(key, any -> new ArrayList<>());
            for (Port other : others) {
                compare(own, other);
            }
            others.add(own);
        }
    }

    private void compare(Port port, Port other) {
        boolean sameHostPort = port.hostPort() == other.hostPort();
        if (sameHostPort && port.hostIp().equals(other.hostIp())) {
            warnings.add(port.path() + ": duplicate port definition with " + other.path());
        } else if (port.hostPort() == 0 || other.hostPort() == 0) {
            warnings.add(port.path() + ": overlapping port definition with " + other.path());
        } else if (sameHostPort && (port.hostIp().isEmpty() || other.hostIp().isEmpty())) {
            warnings.add(port.path() + ": overlapping port definition with " + other.path());
        }
    }
}
