package dev.pilothouse.server.registry.certificates;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import dev.pilothouse.server.request.UserInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of CertificateSigningRequests. Source: pkg/registry/certificates and its validation. */
public final class CertificateRequestStrategy implements ResourceStrategy {

    private static final List<String> USAGES =
            List.of(
                    "any",
                    "cert sign",
                    "client auth",
                    "code signing",
                    "content commitment",
                    "crl sign",
                    "data encipherment",
                    "decipher only",
                    "digital signature",
                    "email protection",
                    "encipher only",
                    "ipsec end system",
                    "ipsec tunnel",
                    "ipsec user",
                    "key agreement",
                    "key encipherment",
                    "microsoft sgc",
                    "netscape sgc",
                    "ocsp signing",
                    "s/mime",
                    "server auth",
                    "signing",
                    "timestamping");
    private static final int SHORTEST_SECONDS = 600;
    private static final String SIGNER_FORM =
            "must be a fully qualified domain and path of the form 'example.com/signer-name'";

    /** Who asks is what the server knows, not what the client says. */
    @Override
    public void prepareForCreate(ObjectNode request, StrategyContext context) {
        request.putObject("status");
        ObjectNode spec = Json.child(request, "spec");
        for (String field : List.of("username", "uid", "groups", "extra")) {
            spec.remove(field);
        }
        UserInfo user = context.user();
        if (!user.name().isEmpty()) {
            spec.put("username", user.name());
        }
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            ArrayNode groups = spec.putArray("groups");
            user.groups().forEach(groups::add);
        }
        if (!user.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode request, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("spec", request, old);
        ResourceStrategy.keep("status", request, old);
    }

    @Override
    public void prepareForStatusUpdate(
            ObjectNode request, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("spec", request, old);
        CertificateConditions.stamp(request, context.now());
    }

    @Override
    public void validate(ObjectNode request, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(request, errors).child("spec");
        if (!CertificateConditions.hasPem(spec.text("request"), "CERTIFICATE REQUEST")) {
            spec.invalid("request", "PEM block type must be CERTIFICATE REQUEST");
        }
        usages(spec);
        if (spec.require("signerName")) {
            spec.syntax("signerName", CertificateRequestStrategy::signer);
        }
        spec.range(
                "expirationSeconds",
                SHORTEST_SECONDS,
                Long.MAX_VALUE,
                "may not specify a duration less than 600 seconds (10 minutes)");
        CertificateConditions.validate(request, errors);
    }

    private static void usages(ObjectCheck spec) {
        spec.require("usages");
        Set<String> seen = new HashSet<>();
        spec.eachText(
                "usages",
                (usage, path) -> {
                    if (!USAGES.contains(usage)) {
                        spec.errors().notSupported(path, usage, USAGES);
                    }
                    if (!seen.add(usage)) {
                        spec.errors().duplicate(path, usage);
                    }
                });
    }

    private static List<String> signer(String name) {
        if (name.equals("kubernetes.io/legacy-unknown")) {
            return List.of("the legacy signerName is not allowed via this API version");
        }
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            return List.of(SIGNER_FORM);
        }
        List<String> complaints = new ArrayList<>(Names.dnsSubdomain(name.substring(0, slash)));
        if (name.indexOf('.') < 0 || name.indexOf('.') > slash) {
            complaints.add("should be a domain with at least two segments separated by dots");
        }
        for (String part : name.substring(slash + 1).split("\\.", -1)) {
            complaints.addAll(Names.dnsLabel(part));
        }
        return complaints;
    }

    @Override
    public void validateStatusUpdate(ObjectNode request, ObjectNode old, FieldErrors errors) {
        CertificateConditions.validate(request, errors);
        CertificateConditions.keptConditions(request, old, Set.of("Approved", "Denied"), errors);
        String before = Json.text(old, "status", "certificate");
        if (!before.isEmpty() && !before.equals(Json.text(request, "status", "certificate"))) {
            errors.forbidden(
                    FieldPath.of("status").child("certificate"),
                    "updates may not set certificate content after it has been set");
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }
}
