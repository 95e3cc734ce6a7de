package dev.pilothouse.server.registry.networking;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Ingresses. Source: pkg/apis/networking/validation. */
public final class IngressStrategy implements ResourceStrategy {

    private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

    @Override
    public void prepareForCreate(ObjectNode ingress, StrategyContext context) {
        ingress.remove("status");
        ingress.putObject("status").putObject("loadBalancer");
    }

    @Override
    public void validate(ObjectNode ingress, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(ingress, errors).child("spec");
        spec(spec);
        String annotation = Json.text(ingress, "metadata", "annotations", CLASS_ANNOTATION);
        if (!annotation.isEmpty() && spec.has("ingressClassName")) {
            errors.invalid(
                    FieldPath.of("metadata").child("annotations").child(CLASS_ANNOTATION),
                    annotation,
                    "can not be set when the class field is also set");
        }
    }

    /** Both ways to name a class may have been set before that was refused. */
    @Override
    public void validateUpdate(ObjectNode ingress, ObjectNode old, FieldErrors errors) {
        spec(ObjectCheck.of(ingress, errors).child("spec"));
    }

    private static void spec(ObjectCheck spec) {
        if (!spec.has("rules") && !spec.present("defaultBackend")) {
            spec.errors()
                    .invalid(
                            spec.path(),
                            Json.array(),
                            "either `defaultBackend` or `rules` must be specified");
        }
        spec.ifPresent("defaultBackend", IngressBackends::validate);
        spec.each("rules", IngressStrategy::rule);
        spec.each("tls", IngressStrategy::tls);
        spec.syntax("ingressClassName", Names::dnsSubdomain);
    }

    private static void tls(ObjectCheck tls) {
        tls.eachText("hosts", (host, path) -> host(host, path, tls.errors()));
        tls.syntax("secretName", Names::dnsSubdomain);
    }

    private static void rule(ObjectCheck rule) {
        if (rule.has("host")) {
            if (Addresses.parse(rule.text("host")) != null) {
                rule.invalid("host", "must be a DNS name, not an IP address");
            }
            host(rule.text("host"), rule.path("host"), rule.errors());
        }
        rule.ifPresent(
                "http",
                http -> {
                    http.require("paths");
                    http.each("paths", IngressBackends::path);
                });
    }

    private static void host(String host, FieldPath path, FieldErrors errors) {
        List<String> complaints =
                host.contains("*") ? Names.wildcardDnsSubdomain(host) : Names.dnsSubdomain(host);
        for (String complaint : complaints) {
            errors.invalid(path, host, complaint);
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode ingress, ObjectNode old, FieldErrors errors) {
        ObjectCheck.of(ingress, errors)
                .child("status")
                .child("loadBalancer")
                .each(
                        "ingress",
                        point -> {
                            point.syntax("ip", Addresses::ip);
                            point.syntax("hostname", Names::dnsSubdomain);
                        });
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
