package dev.pilothouse.server.registry.apiregistration;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Rules of APIServices. Source: kube-aggregator's pkg/apis/apiregistration/validation. */
public final class ApiServiceStrategy implements ResourceStrategy {

    @Override
    public void setDefaults(ObjectNode service) {
        ObjectNode reference = Json.objectAt(service, "spec", "service");
        if (reference != null) {
            Defaults.number(reference, "port", 443);
        }
    }

    /**
     * What this server serves itself is there. Source: kube-aggregator's availability controllers.
     */
    @Override
    public void prepareForCreate(ObjectNode service, StrategyContext context) {
        ResourceStrategy.super.prepareForCreate(service, context);
        if (Json.objectAt(service, "spec", "service") == null) {
            ObjectNode condition = Json.child(service, "status").putArray("conditions").addObject();
            condition.put("type", "Available").put("status", "True");
            condition.put(
                    "lastTransitionTime", context.now().truncatedTo(ChronoUnit.SECONDS).toString());
            condition.put("reason", "Local");
            condition.put("message", "Local APIServices are always available");
        }
    }

    @Override
    public void validate(ObjectNode service, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(service, errors).child("spec");
        String name = Json.text(service, "metadata", "name");
        String expected = spec.text("version") + "." + spec.text("group");
        if (!name.equals(expected)) {
            errors.invalid(
                    FieldPath.of("metadata").child("name"),
                    name,
                    "must be `spec.version+\".\"+spec.group`: \"" + expected + "\"");
        }
        if (!spec.has("group") && !spec.text("version").equals("v1")) {
            spec.require("group", "only v1 may have an empty group and it better be legacy kube");
        }
        spec.syntax("group", Names::dnsSubdomain);
        for (String complaint : Names.dns1035Label(spec.text("version"))) {
            errors.invalid(spec.path("version"), spec.text("version"), complaint);
        }
        priority(spec, "groupPriorityMinimum", 20000);
        priority(spec, "versionPriority", 1000);
        boolean insecure = Json.bool(spec.node(), "insecureSkipTLSVerify");
        if (!spec.present("service")) {
            if (spec.has("caBundle")) {
                int bytes = Base64.getMimeDecoder().decode(spec.text("caBundle")).length;
                errors.invalid(
                        spec.path("caBundle"),
                        bytes + " bytes",
                        "local APIServices may not have a caBundle");
            }
            if (insecure) {
                spec.invalid(
                        "insecureSkipTLSVerify",
                        "local APIServices may not have insecureSkipTLSVerify");
            }
            return;
        }
        ObjectCheck reference = spec.child("service");
        reference.require("namespace");
        reference.require("name");
        reference.range(
                "port", 1, 65535, "port is not valid: must be between 1 and 65535, inclusive");
        if (insecure && spec.has("caBundle")) {
            spec.invalid("insecureSkipTLSVerify", "may not be true if caBundle is present");
        }
    }

    private static void priority(ObjectCheck spec, String field, int max) {
        long value = Json.number(spec.node(), 0, field);
        if (value <= 0 || value > max) {
            spec.errors().invalid(spec.path(field), value, "must be positive and less than " + max);
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    /** The core group's name ends in a dot: {@code v1.}. */
    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }
}
