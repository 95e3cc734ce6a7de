package dev.pilothouse.server.registry.networking;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;

/** Paths and backends of Ingresses. Source: validateHTTPIngressPath and validateIngressBackend. */
final class IngressBackends {

    private static final List<String> PATH_TYPES =
            List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> BAD_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> BAD_ENDS = List.of("/..", "/.");

    private IngressBackends() {}

    static void path(ObjectCheck path) {
        if (!path.present("pathType")) {
            path.errors().required(path.path("pathType"), "pathType must be specified");
        } else {
            syntax(path);
        }
        validate(path.child("backend"));
    }

    private static void syntax(ObjectCheck path) {
        String text = path.text("path");
        switch (path.text("pathType")) {
            case "Exact", "Prefix" -> {
                absolute(path, text);
                for (String bad : BAD_SEQUENCES) {
                    if (text.contains(bad)) {
                        path.invalid("path", "must not contain '" + bad + "'");
                    }
                }
                for (String bad : BAD_ENDS) {
                    if (text.endsWith(bad)) {
                        path.invalid("path", "cannot end with '" + bad + "'");
                    }
                }
            }
            case "ImplementationSpecific" -> {
                if (!text.isEmpty()) {
                    absolute(path, text);
                }
            }
            default -> path.oneOf("pathType", PATH_TYPES);
        }
    }

    private static void absolute(ObjectCheck path, String text) {
        if (!text.startsWith("/")) {
            path.invalid("path", "must be an absolute path");
        }
    }

    static void validate(ObjectCheck backend) {
        boolean resource = backend.present("resource");
        boolean service = backend.present("service");
        if (resource && service) {
            backend.errors()
                    .invalid(backend.path(), "", "cannot set both resource and service backends");
        } else if (resource) {
            backend.child("resource").syntax("apiGroup", Names::dnsSubdomain);
            backend.child("resource").requireSyntax("kind", Names::pathSegment);
            backend.child("resource").requireSyntax("name", Names::pathSegment);
        } else if (service) {
            service(backend);
        } else {
            backend.errors().invalid(backend.path(), "", "resource or service backend is required");
        }
    }

    private static void service(ObjectCheck backend) {
        ObjectCheck service = backend.child("service");
        service.requireSyntax("name", Names::dns1035Label);
        ObjectCheck port = service.child("port");
        long number = Json.number(port.node(), 0, "number");
        if (port.has("name") && number != 0) {
            backend.errors().invalid(backend.path(), "", "cannot set both port name & port number");
        } else if (port.has("name")) {
            port.syntax("name", Names::portName);
        } else if (number != 0) {
            for (String complaint : Names.portNumber(number)) {
                port.invalid("number", complaint);
            }
        } else {
            backend.errors().required(backend.path(), "port name or number is required");
        }
    }
}
