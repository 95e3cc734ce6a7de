package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks environment variables and the references to fields and keys they share with volumes. */
final class EnvValidator {

    private static final List<String> ENV_FIELDS =
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");
    private static final List<String> VOLUME_FIELDS =
            List.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid");
    private static final Set<String> KNOWN_FIELDS =
            Set.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.serviceAccountName",
                    "spec.schedulerName",
                    "spec.host",
                    "status.phase",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");
    private static final List<String> RESOURCES =
            List.of(
                    "limits.cpu",
                    "limits.ephemeral-storage",
                    "limits.memory",
                    "requests.cpu",
                    "requests.ephemeral-storage",
                    "requests.memory");
    private static final List<String> CPU_DIVISORS = List.of("1m", "1");
    private static final List<String> BYTE_DIVISORS =
            List.of(
                    "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi",
                    "1Ei");
    private static final String BAD_NAME =
            "a valid environment variable name must consist only of printable ASCII characters"
                    + " other than '='";

    private EnvValidator() {}

    static void validate(JsonNode container, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode variable : container.path("env")) {
            FieldPath at = path.child("env").index(index++);
            String name = FieldChecks.text(variable, "name");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else {
                name(name, at.child("name"), errors);
            }
            if (FieldChecks.has(variable, "valueFrom")) {
                valueFrom(variable, at.child("valueFrom"), errors);
            }
        }
        index = 0;
        for (JsonNode source : container.path("envFrom")) {
            envFrom(source, path.child("envFrom"), path.child("envFrom").index(index++), errors);
        }
    }

    /** Checks the reference to a field that a file in a volume shows. */
    static void volumeFieldRef(JsonNode reference, FieldPath path, FieldErrors errors) {
        fieldRef(reference, VOLUME_FIELDS, path, errors);
    }

    /** Checks the reference to an amount of a container. */
    static void resourceFieldRef(
            JsonNode reference, boolean inVolume, FieldPath path, FieldErrors errors) {
        String resource = FieldChecks.text(reference, "resource");
        if (inVolume && FieldChecks.text(reference, "containerName").isEmpty()) {
            errors.required(path.child("containerName"), "");
        } else if (resource.isEmpty()) {
            errors.required(path.child("resource"), "");
        } else if (!RESOURCES.contains(resource) && !isHugePages(resource)) {
            errors.notSupported(path.child("resource"), resource, RESOURCES);
        }
        divisor(resource, FieldChecks.text(reference, "divisor"), path, errors);
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("limits.hugepages-")
                || resource.startsWith("requests.hugepages-");
    }

    private static void name(String name, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~' || c == '=') {
                errors.invalid(path, name, BAD_NAME);
                return;
            }
        }
    }

    private static void envFrom(
            JsonNode source, FieldPath list, FieldPath path, FieldErrors errors) {
        String prefix = FieldChecks.text(source, "prefix");
        if (!prefix.isEmpty()) {
            name(prefix, path.child("prefix"), errors);
        }
        int sources = 0;
        for (String member : List.of("configMapRef", "secretRef")) {
            if (!FieldChecks.has(source, member)) {
                continue;
            }
            sources++;
            FieldPath at = path.child(member).child("name");
            String name = FieldChecks.text(source.path(member), "name");
            if (name.isEmpty()) {
                errors.required(at, "");
            } else {
                FieldChecks.report(Names.dnsSubdomain(name), name, at, errors);
            }
        }
        if (sources == 0) {
            errors.invalid(list, "", "must specify one of: `configMapRef` or `secretRef`");
        } else if (sources > 1) {
            errors.invalid(list, "", "may not have more than one field specified at a time");
        }
    }

    private static void valueFrom(JsonNode variable, FieldPath path, FieldErrors errors) {
        JsonNode from = variable.path("valueFrom");
        int sources = 0;
        for (var entry : from.properties()) {
            JsonNode reference = entry.getValue();
            FieldPath at = path.child(entry.getKey());
            sources++;
            switch (entry.getKey()) {
                case "fieldRef" -> fieldRef(reference, ENV_FIELDS, at, errors);
                case "resourceFieldRef" -> resourceFieldRef(reference, false, at, errors);
                case "fileKeyRef" -> fileKeyRef(reference, at, errors);
                default -> keyRef(reference, at, errors);
            }
        }
        if (sources == 0) {
            errors.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
                            + " `secretKeyRef`");
        } else if (!FieldChecks.text(variable, "value").isEmpty()) {
            errors.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            errors.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private static void keyRef(JsonNode reference, FieldPath path, FieldErrors errors) {
        String name = FieldChecks.text(reference, "name");
        FieldChecks.report(Names.dnsSubdomain(name), name, path.child("name"), errors);
        String key = FieldChecks.text(reference, "key");
        if (key.isEmpty()) {
            errors.required(path.child("key"), "");
        } else {
            FieldChecks.report(Names.configMapKey(key), key, path.child("key"), errors);
        }
    }

    private static void fileKeyRef(JsonNode reference, FieldPath path, FieldErrors errors) {
        String key = FieldChecks.text(reference, "key");
        if (key.isEmpty()) {
            errors.required(path.child("key"), "");
        } else {
            name(key, path.child("key"), errors);
        }
        if (FieldChecks.text(reference, "volumeName").isEmpty()) {
            errors.required(path.child("volumeName"), "");
        }
        String file = FieldChecks.text(reference, "path");
        if (file.isEmpty()) {
            errors.required(path.child("path"), "");
        } else {
            Paths.localDescending(file, path.child("path"), errors);
        }
    }

    private static void fieldRef(
            JsonNode reference, List<String> allowed, FieldPath path, FieldErrors errors) {
        String version = FieldChecks.text(reference, "apiVersion");
        String field = FieldChecks.text(reference, "fieldPath");
        if (version.isEmpty()) {
            errors.required(path.child("apiVersion"), "");
            return;
        }
        if (field.isEmpty()) {
            errors.required(path.child("fieldPath"), "");
            return;
        }
        int bracket = field.endsWith("']") ? field.indexOf("['") : -1;
        String base = bracket > 0 ? field.substring(0, bracket) : field;
        if (!version.equals("v1") || !KNOWN_FIELDS.contains(base)) {
            String why =
                    version.equals("v1")
                            ? "field label not supported: " + field
                            : "unsupported pod version: " + version;
            errors.invalid(path.child("fieldPath"), field, "error converting fieldPath: " + why);
        } else if (bracket > 0) {
            subscript(base, field.substring(bracket + 2, field.length() - 2), path, errors);
        } else if (!allowed.contains(base.equals("spec.host") ? "spec.nodeName" : base)) {
            errors.notSupported(path.child("fieldPath"), base, allowed);
        }
    }

    private static void subscript(String base, String key, FieldPath path, FieldErrors errors) {
        switch (base) {
            case "metadata.annotations" ->
                    FieldChecks.report(
                            Names.qualifiedName(key.toLowerCase(Locale.ROOT)), key, path, errors);
            case "metadata.labels" ->
                    FieldChecks.report(Names.qualifiedName(key), key, path, errors);
            default -> errors.invalid(path, base, "does not support subscript");
        }
    }

    private static void divisor(
            String resource, String divisor, FieldPath path, FieldErrors errors) {
        if (divisor.isEmpty() || divisor.equals("0")) {
            return;
        }
        FieldPath at = path.child("divisor");
        if (!Quantity.isValid(divisor)) {
            ResourceNames.parse(
                    tools.jackson.databind.node.StringNode.valueOf(divisor), at, errors);
            return;
        }
        String canonical = Quantity.canonical(divisor);
        if (resource.endsWith(".cpu")) {
            if (!CPU_DIVISORS.contains(canonical)) {
                errors.invalid(
                        at,
                        resource,
                        "only divisor's values 1m and 1 are supported with the cpu resource");
            }
        } else if (!BYTE_DIVISORS.contains(canonical)) {
            String kind =
                    resource.endsWith(".memory")
                            ? "memory"
                            : resource.endsWith(".ephemeral-storage")
                                    ? "local ephemeral storage"
                                    : "hugepages";
            errors.invalid(
                    at,
                    resource,
                    "only divisor's values "
                            + String.join(", ", BYTE_DIVISORS)
                            + " are supported with the "
                            + kind
                            + " resource");
        }
    }
}
