package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.registry.validation.FieldErrors;
import java.util.Set;

/**
 * The name in a proxy's path: {@code name}, {@code name:port} or {@code scheme:name:port}. Source:
 * apimachinery util/net SplitSchemeNamePort.
 *
 * @param tls whether the backend speaks TLS
 * @param name the object's name
 * @param port number or name of the port, empty when none is named
 */
record ProxyTarget(boolean tls, String name, String port) {

    private static final Set<String> SCHEMES = Set.of("", "http", "https");

    /** Takes the name apart; {@code kind} is for the message. */
    static ProxyTarget parse(String text, String kind) {
        String[] parts = text.split(":", -1);
        ProxyTarget target =
                switch (parts.length) {
                    case 1 -> new ProxyTarget(false, parts[0], "");
                    case 2 -> new ProxyTarget(false, parts[0], parts[1]);
                    case 3 -> new ProxyTarget(parts[0].equals("https"), parts[1], parts[2]);
                    default -> new ProxyTarget(false, "", "");
                };
        if (target.name().isEmpty() || parts.length == 3 && !SCHEMES.contains(parts[0])) {
            throw ApiException.badRequest(
                    "invalid " + kind + " request " + FieldErrors.quote(text));
        }
        return target;
    }
}
