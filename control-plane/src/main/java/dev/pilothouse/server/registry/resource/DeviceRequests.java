package dev.pilothouse.server.registry.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Device requests and selectors. Source: pkg/apis/resource/validation. */
final class DeviceRequests {

    private static final List<String> MODES = List.of("All", "ExactCount");
    private static final int MAX_REQUESTS = 32;

    private DeviceRequests() {}

    static void setDefaults(ObjectNode claimSpec) {
        for (ObjectNode request : Json.objects(claimSpec, "devices", "requests")) {
            ObjectNode exact = Json.objectAt(request, "exactly");
            if (exact != null) {
                count(exact);
            }
            Json.objects(request, "firstAvailable").forEach(DeviceRequests::count);
        }
    }

    private static void count(ObjectNode request) {
        Defaults.text(request, "allocationMode", "ExactCount");
        if (Json.text(request, "allocationMode").equals("ExactCount")
                && Json.number(request, 0, "count") == 0) {
            request.put("count", 1);
        }
        Json.objects(request, "tolerations")
                .forEach(toleration -> Defaults.text(toleration, "operator", "Equal"));
    }

    static void validateClaimSpec(ObjectCheck spec) {
        ObjectCheck devices = spec.child("devices");
        if (devices.size("requests") > MAX_REQUESTS) {
            devices.errors()
                    .tooMany(devices.path("requests"), devices.size("requests"), MAX_REQUESTS);
        }
        Set<String> names = new HashSet<>();
        devices.each("requests", request -> request(request, names));
        for (String field : List.of("constraints", "config")) {
            devices.each(field, owner -> references(owner, names));
        }
        devices.each("constraints", constraint -> constraint.require("matchAttribute"));
        devices.each("config", config -> config.ifPresent("opaque", DeviceRequests::opaque));
    }

    private static void request(ObjectCheck request, Set<String> names) {
        request.requireSyntax("name", Names::dnsLabel);
        if (!names.add(request.text("name"))) {
            request.errors().duplicate(request.path("name"), request.text("name"));
        }
        boolean exact = request.present("exactly");
        boolean first = request.has("firstAvailable");
        if (exact == first) {
            String detail = "exactly one of `exactly` or `firstAvailable` is required";
            if (exact) {
                request.errors().invalid(request.path(), request.node(), detail);
            } else {
                request.errors().required(request.path(), detail);
            }
        }
        request.ifPresent("exactly", DeviceRequests::device);
        request.each(
                "firstAvailable",
                sub -> {
                    sub.requireSyntax("name", Names::dnsLabel);
                    names.add(request.text("name") + "/" + sub.text("name"));
                    device(sub);
                });
    }

    private static void device(ObjectCheck request) {
        request.requireSyntax("deviceClassName", Names::dnsSubdomain);
        selectors(request);
        request.oneOf("allocationMode", MODES);
        long count = Json.number(request.node(), 0, "count");
        if (request.text("allocationMode").equals("ExactCount") && count <= 0) {
            request.errors().invalid(request.path("count"), count, "must be greater than zero");
        }
        if (request.text("allocationMode").equals("All") && count != 0) {
            request.invalid("count", "must not be specified when allocationMode is 'All'");
        }
    }

    static void selectors(ObjectCheck owner) {
        owner.each(
                "selectors",
                selector -> {
                    if (!selector.present("cel")) {
                        selector.errors().required(selector.path("cel"), "");
                    } else {
                        selector.child("cel").require("expression");
                    }
                });
    }

    static void opaque(ObjectCheck opaque) {
        opaque.requireSyntax("driver", Names::dnsSubdomain);
        if (!opaque.present("parameters")) {
            opaque.errors().required(opaque.path("parameters"), "");
        }
    }

    private static void references(ObjectCheck owner, Set<String> names) {
        owner.eachText(
                "requests",
                (name, path) -> {
                    if (!names.contains(name)) {
                        owner.errors()
                                .invalid(
                                        path,
                                        name,
                                        "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'");
                    }
                });
    }
}
