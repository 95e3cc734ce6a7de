package dev.pilothouse.server.registry.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of ResourceSlices. */
public final class ResourceSliceStrategy implements ResourceStrategy {

    private static final int MAX_DEVICES = 128;
    private static final String PLACES =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

    @Override
    public void validate(ObjectNode slice, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(slice, errors).child("spec");
        spec.requireSyntax("driver", Names::dnsSubdomain);
        ObjectCheck pool = spec.child("pool");
        pool.requireSyntax("name", ResourceSliceStrategy::poolName);
        pool.range("generation", 0, Long.MAX_VALUE, "must be greater than or equal to zero");
        if (Json.number(pool.node(), 0, "resourceSliceCount") <= 0) {
            errors.invalid(
                    pool.path("resourceSliceCount"),
                    Json.number(pool.node(), 0, "resourceSliceCount"),
                    "must be greater than zero");
        }
        place(spec);
        if (spec.size("devices") > MAX_DEVICES) {
            errors.tooMany(spec.path("devices"), spec.size("devices"), MAX_DEVICES);
        }
        Set<String> names = new HashSet<>();
        spec.each(
                "devices",
                device -> {
                    device.requireSyntax("name", Names::dnsLabel);
                    if (!names.add(device.text("name"))) {
                        errors.duplicate(device.path("name"), device.text("name"));
                    }
                });
    }

    private static List<String> poolName(String name) {
        List<String> complaints = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            complaints.addAll(Names.dnsSubdomain(part));
        }
        return complaints;
    }

    private static void place(ObjectCheck spec) {
        int places = 0;
        for (String field : List.of("nodeName", "nodeSelector")) {
            places += spec.present(field) ? 1 : 0;
        }
        for (String field : List.of("allNodes", "perDeviceNodeSelection")) {
            places += Json.bool(spec.node(), field) ? 1 : 0;
        }
        if (places == 0) {
            spec.errors().required(spec.path(), PLACES);
        } else if (places > 1) {
            spec.errors().invalid(spec.path(), spec.node(), PLACES);
        }
    }

    @Override
    public void validateUpdate(ObjectNode slice, ObjectNode old, FieldErrors errors) {
        validate(slice, errors);
        ObjectCheck spec = ObjectCheck.of(slice, errors).child("spec");
        ObjectNode before = Json.child(old, "spec");
        spec.immutable("driver", before);
        spec.immutable("nodeName", before);
        ObjectNode pool = Json.objectAt(before, "pool");
        spec.child("pool").immutable("name", pool == null ? Json.object() : pool);
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
