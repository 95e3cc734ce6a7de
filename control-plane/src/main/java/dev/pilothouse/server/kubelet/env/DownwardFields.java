package dev.pilothouse.server.kubelet.env;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pods can tell their containers about themselves.
 *
 * @param pod the pod
 * @param podIps its addresses
 * @param hostIp the node's address
 * @param allocatable what the node has to give: the limit of those that have none
 */
public record DownwardFields(
        ObjectNode pod, List<String> podIps, String hostIp, Map<String, String> allocatable) {

    private static final Pattern KEYED =
            Pattern.compile("metadata\\.(labels|annotations)\\['(.*)'\\]");

    /** Copies the collections. */
    public DownwardFields {
        podIps = List.copyOf(podIps);
        allocatable = Map.copyOf(allocatable);
    }

    /**
     * The value at a field path.
     *
     * @throws ConfigException when pods have no such field to tell
     */
    public String field(String path) {
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            return Json.text(pod, "metadata", keyed.group(1), keyed.group(2));
        }
        return switch (path) {
            case "metadata.name", "metadata.namespace", "metadata.uid" ->
                    Json.text(pod, "metadata", path.substring("metadata.".length()));
            case "metadata.labels", "metadata.annotations" ->
                    lines(Json.stringMap(pod, "metadata", path.substring("metadata.".length())));
            case "spec.nodeName" -> Json.text(pod, "spec", "nodeName");
            case "spec.serviceAccountName" -> Json.text(pod, "spec", "serviceAccountName");
            case "status.hostIP", "status.hostIPs" -> hostIp;
            case "status.podIP" -> podIps.isEmpty() ? "" : podIps.getFirst();
            case "status.podIPs" -> String.join(",", podIps);
            default -> throw new ConfigException("unsupported fieldPath: " + path);
        };
    }

    /** Labels and annotations as {@code key="value"}, one a line, in order. */
    private static String lines(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static String quoted(String value) {
        return Json.string(Json.object().put("v", value))
                .replaceFirst("^\\{\"v\":", "")
                .replaceFirst("}$", "");
    }

    /**
     * The amount of a resource of a container.
     *
     * @param container the container's name; of the whole node when empty
     * @param resource such as {@code limits.cpu}
     * @param divisor the unit, empty for whole ones
     */
    public String resource(String container, String resource, String divisor) {
        int dot = resource.indexOf('.');
        if (dot < 0) {
            throw new ConfigException("unsupported container resource : " + resource);
        }
        String list = resource.substring(0, dot);
        String name = resource.substring(dot + 1);
        String amount = amount(container, list, name);
        Quantity unit =
                divisor.isEmpty() || divisor.equals("0") ? Quantity.of(1) : Quantity.parse(divisor);
        return Quantity.parse(amount)
                .amount()
                .divide(unit.amount(), 0, RoundingMode.UP)
                .toPlainString();
    }

    private String amount(String container, String list, String name) {
        ObjectNode found = container(container);
        String own = Json.text(found, "resources", list, name);
        if (!own.isEmpty()) {
            return own;
        }
        if (list.equals("requests")) {
            return "0";
        }
        return allocatable.getOrDefault(name, "0");
    }

    private @Nullable ObjectNode container(String name) {
        for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
            for (ObjectNode container : Json.objects(pod, "spec", list)) {
                if (Json.text(container, "name").equals(name)) {
                    return container;
                }
            }
        }
        return null;
    }
}
