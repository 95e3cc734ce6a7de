package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Nodes. Source: pkg/registry/core/node/strategy.go and ValidateNode. */
public final class NodeStrategy implements ResourceStrategy {

    private static final List<String> EFFECTS =
            List.of("NoExecute", "NoSchedule", "PreferNoSchedule");
    private static final String ONLY_LABELS =
            "node updates may only change labels, taints, or capacity (or configSource, if the"
                    + " DynamicKubeletConfig feature gate is enabled)";

    @Override
    public void setDefaults(ObjectNode node) {
        ObjectNode spec = Json.objectAt(node, "spec");
        if (spec != null) {
            String cidr = Json.text(spec, "podCIDR");
            ArrayNode cidrs = Json.arrayAt(spec, "podCIDRs");
            if (!cidr.isEmpty()) {
                Defaults.texts(spec, "podCIDRs", cidr);
            } else if (cidrs != null && !cidrs.isEmpty()) {
                spec.set("podCIDR", cidrs.get(0));
            }
        }
        ObjectNode capacity = Json.objectAt(node, "status", "capacity");
        if (capacity != null && Json.at(node, "status", "allocatable") == null) {
            Json.child(node, "status").set("allocatable", capacity.deepCopy());
        }
    }

    /** A kubelet creates its Node with the status, so the status stays. */
    @Override
    public void prepareForCreate(ObjectNode node, StrategyContext context) {}

    @Override
    public void validate(ObjectNode node, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(node, errors);
        ObjectCheck spec = whole.child("spec");
        taints(spec);
        podCidrs(spec);
        addresses(whole.child("status"));
    }

    private static void taints(ObjectCheck spec) {
        Set<String> seen = new HashSet<>();
        spec.each(
                "taints",
                taint -> {
                    String key = taint.text("key");
                    for (String complaint : Names.qualifiedName(key)) {
                        taint.errors().invalid(taint.path("key"), key, complaint);
                    }
                    List<String> complaints = Names.labelValue(taint.text("value"));
                    if (!complaints.isEmpty()) {
                        taint.invalid("value", String.join(";", complaints));
                    }
                    taint.requireOneOf("effect", EFFECTS);
                    if (!seen.add(key + "\n" + taint.text("effect"))) {
                        taint.errors().duplicate(taint.path(), taint.node());
                    }
                });
    }

    private static void podCidrs(ObjectCheck spec) {
        ArrayNode cidrs = Json.arrayAt(spec.node(), "podCIDRs");
        spec.eachText(
                "podCIDRs",
                (cidr, path) -> {
                    for (String complaint : Addresses.cidr(cidr)) {
                        spec.errors().invalid(path, cidr, complaint);
                    }
                });
        if (cidrs != null && cidrs.size() > 2) {
            spec.invalid("podCIDRs", "may specify no more than one CIDR for each IP family");
        } else if (cidrs != null && cidrs.size() == 2) {
            boolean first = cidrs.get(0).asString("").indexOf(':') >= 0;
            if (first == cidrs.get(1).asString("").indexOf(':') >= 0) {
                spec.invalid("podCIDRs", "may specify no more than one CIDR for each IP family");
            }
        }
    }

    private static void addresses(ObjectCheck status) {
        Set<JsonNode> seen = new HashSet<>();
        status.each(
                "addresses",
                address -> {
                    if (!seen.add(address.node())) {
                        address.errors().duplicate(address.path(), address.node());
                    }
                });
    }

    @Override
    public void validateUpdate(ObjectNode node, ObjectNode old, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(node, errors).child("spec");
        ObjectNode oldSpec = Json.objectAt(old, "spec");
        ObjectNode before = oldSpec == null ? Json.object() : oldSpec;
        taints(spec);
        podCidrs(spec);
        onlyOnce(spec, before, "podCIDRs", "podCIDR");
        onlyOnce(spec, before, "providerID", "providerID");
        Set<String> names = new HashSet<>(before.propertyNames());
        names.addAll(spec.node().propertyNames());
        names.removeAll(
                Set.of(
                        "podCIDR",
                        "podCIDRs",
                        "providerID",
                        "taints",
                        "unschedulable",
                        "configSource"));
        for (String name : names) {
            if (!ObjectCheck.same(spec.node().get(name), before.get(name))) {
                errors.forbidden(FieldPath.of(""), ONLY_LABELS);
                return;
            }
        }
    }

    private static void onlyOnce(ObjectCheck spec, ObjectNode old, String field, String shown) {
        JsonNode before = Json.at(old, field);
        boolean wasEmpty = ObjectCheck.same(before, null);
        if (!wasEmpty && !ObjectCheck.same(before, Json.at(spec.node(), field))) {
            spec.forbidden(
                    field, "node updates may not change " + shown + " except from \"\" to valid");
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode node, ObjectNode old, FieldErrors errors) {
        addresses(ObjectCheck.of(node, errors).child("status"));
    }

    @Override
    public boolean hasStatus() {
        return true;
    }
}
