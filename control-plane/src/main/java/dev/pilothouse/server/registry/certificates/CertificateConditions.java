package dev.pilothouse.server.registry.certificates;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The status of CertificateSigningRequests. Source: pkg/apis/certificates/validation. */
final class CertificateConditions {

    private static final FieldPath CONDITIONS = FieldPath.of("status").child("conditions");
    private static final Set<String> DECISIONS = Set.of("Approved", "Denied", "Failed");

    private CertificateConditions() {}

    /** Gives new conditions the time. */
    static void stamp(ObjectNode request, Instant now) {
        String time = now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        for (ObjectNode condition : Json.objects(request, "status", "conditions")) {
            Defaults.text(condition, "lastUpdateTime", time);
            Defaults.text(condition, "lastTransitionTime", time);
        }
    }

    static void validate(ObjectNode request, FieldErrors errors) {
        ObjectCheck status = ObjectCheck.of(request, errors).child("status");
        Set<String> types = new LinkedHashSet<>();
        status.each(
                "conditions",
                condition -> {
                    condition.require("type");
                    String type = condition.text("type");
                    List<String> states =
                            DECISIONS.contains(type)
                                    ? List.of("True")
                                    : List.of("False", "True", "Unknown");
                    condition.requireOneOf("status", states);
                    if (!types.add(type)) {
                        errors.duplicate(condition.path("type"), type);
                    }
                });
        if (types.contains("Approved") && types.contains("Denied")) {
            errors.invalid(
                    CONDITIONS, "Denied", "Approved and Denied conditions are mutually exclusive");
        }
        if (status.has("certificate") && !hasPem(status.text("certificate"), "CERTIFICATE")) {
            errors.invalid(
                    status.path("certificate"),
                    "<certificate data>",
                    "must contain at least one CERTIFICATE PEM block");
        }
    }

    /** Conditions of these types may not come or go; of any type they may not go. */
    static void keptConditions(
            ObjectNode request, ObjectNode old, Set<String> notAdded, FieldErrors errors) {
        Set<String> before = types(old);
        Set<String> after = types(request);
        for (String type : before) {
            if (DECISIONS.contains(type) && !after.contains(type)) {
                errors.forbidden(
                        CONDITIONS, "updates may not remove a condition of type \"" + type + "\"");
            }
        }
        for (String type : after) {
            if (notAdded.contains(type) && !before.contains(type)) {
                errors.forbidden(
                        CONDITIONS, "updates may not add a condition of type \"" + type + "\"");
            }
        }
    }

    private static Set<String> types(ObjectNode request) {
        Set<String> types = new LinkedHashSet<>();
        Json.objects(request, "status", "conditions")
                .forEach(condition -> types.add(Json.text(condition, "type")));
        return types;
    }

    /** Whether base64 text holds a PEM block of this type with decodable content. */
    static boolean hasPem(String base64, String type) {
        try {
            String pem = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            String begin = "-----BEGIN " + type + "-----";
            int start = pem.indexOf(begin);
            int end = pem.indexOf("-----END " + type + "-----");
            if (start < 0 || end < start) {
                return false;
            }
            String content = pem.substring(start + begin.length(), end).replaceAll("\\s", "");
            return Base64.getDecoder().decode(content).length > 0;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
