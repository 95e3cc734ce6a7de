package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks what a probe or a lifecycle hook does: exactly one of several actions. */
final class HandlerValidator {

    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");
    private static final String BAD_HEADER =
            "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                    + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
    private static final List<String> PROBE_ACTIONS =
            List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> HOOK_ACTIONS =
            List.of("exec", "httpGet", "tcpSocket", "sleep");

    private HandlerValidator() {}

    static void lifecycle(
            JsonNode container,
            JsonNode spec,
            long gracePeriod,
            FieldPath path,
            FieldErrors errors) {
        JsonNode lifecycle = container.get("lifecycle");
        if (lifecycle == null) {
            return;
        }
        FieldPath at = path.child("lifecycle");
        for (String hook : List.of("postStart", "preStop")) {
            if (FieldChecks.has(lifecycle, hook)) {
                FieldPath own = at.child(hook);
                action(lifecycle.path(hook), HOOK_ACTIONS, gracePeriod, own, errors);
            }
        }
        if (FieldChecks.has(lifecycle, "stopSignal")
                && FieldChecks.text(spec.path("os"), "name").isEmpty()) {
            errors.forbidden(
                    at.child("stopSignal"),
                    "may not be set for containers with empty `spec.os.name`");
        }
    }

    static void probe(JsonNode probe, FieldPath path, FieldErrors errors) {
        action(probe, PROBE_ACTIONS, 0, path, errors);
    }

    private static void action(
            JsonNode handler,
            List<String> actions,
            long gracePeriod,
            FieldPath path,
            FieldErrors errors) {
        boolean found = false;
        for (String action : actions) {
            JsonNode settings = handler.get(action);
            if (settings == null || settings.isNull()) {
                continue;
            }
            FieldPath at = path.child(action);
            if (found) {
                errors.forbidden(at, "may not specify more than 1 handler type");
                continue;
            }
            found = true;
            settings(action, settings, gracePeriod, at, errors);
        }
        if (!found) {
            errors.required(path, "must specify a handler type");
        }
    }

    private static void settings(
            String action,
            JsonNode settings,
            long gracePeriod,
            FieldPath path,
            FieldErrors errors) {
        switch (action) {
            case "exec" -> {
                if (settings.path("command").isEmpty()) {
                    errors.required(path.child("command"), "");
                }
            }
            case "httpGet" -> httpGet(settings, path, errors);
            case "sleep" -> {
                long seconds = settings.path("seconds").asLong(0);
                if (seconds < 0 || seconds > gracePeriod) {
                    errors.invalid(
                            path,
                            seconds,
                            "must be non-negative and less than terminationGracePeriodSeconds ("
                                    + gracePeriod
                                    + ")");
                }
            }
            default -> port(settings.get("port"), path.child("port"), errors);
        }
    }

    private static void httpGet(JsonNode request, FieldPath path, FieldErrors errors) {
        if (FieldChecks.text(request, "path").isEmpty()) {
            errors.required(path.child("path"), "");
        }
        port(request.get("port"), path.child("port"), errors);
        String scheme = FieldChecks.text(request, "scheme");
        if (!SCHEMES.contains(scheme)) {
            errors.notSupported(path.child("scheme"), scheme, SCHEMES);
        }
        for (JsonNode header : request.path("httpHeaders")) {
            String name = FieldChecks.text(header, "name");
            if (!HEADER.matcher(name).matches()) {
                errors.invalid(path.child("httpHeaders"), name, BAD_HEADER);
            }
        }
    }

    /** A port by number or by name; a missing one counts as 0. */
    private static void port(@Nullable JsonNode port, FieldPath path, FieldErrors errors) {
        if (port != null && port.isString()) {
            String name = port.stringValue();
            FieldChecks.report(Names.portName(name), name, path, errors);
        } else {
            long number = port == null ? 0 : port.asLong(0);
            FieldChecks.report(Names.portNumber(number), number, path, errors);
        }
    }
}
