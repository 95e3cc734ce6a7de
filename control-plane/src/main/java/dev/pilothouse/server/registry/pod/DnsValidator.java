package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Checks how a pod resolves names. The limits are those of libc. */
final class DnsValidator {

    private static final int MAX_NAMESERVERS = 3;
    private static final int MAX_SEARCHES = 32;
    private static final int MAX_SEARCH_CHARACTERS = 2048;
    private static final List<String> POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final String BAD_IP =
            "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

    private DnsValidator() {}

    static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        FieldChecks.requiredOneOf(spec, "dnsPolicy", POLICIES, path, errors);
        aliases(spec, path.child("hostAliases"), errors);
        boolean none = FieldChecks.text(spec, "dnsPolicy").equals("None");
        FieldPath at = path.child("dnsConfig");
        if (!FieldChecks.has(spec, "dnsConfig")) {
            if (none) {
                errors.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
            }
            return;
        }
        JsonNode config = spec.path("dnsConfig");
        if (none && config.path("nameservers").isEmpty()) {
            errors.required(
                    at.child("nameservers"),
                    "must provide at least one DNS nameserver when `dnsPolicy` is None");
            return;
        }
        nameservers(config.path("nameservers"), at.child("nameservers"), errors);
        searches(config.path("searches"), at.child("searches"), errors);
        int index = 0;
        for (JsonNode option : config.path("options")) {
            FieldPath own = at.child("options").index(index++);
            if (FieldChecks.text(option, "name").isEmpty()) {
                errors.required(own, "must not be empty");
            }
        }
    }

    private static void nameservers(JsonNode servers, FieldPath path, FieldErrors errors) {
        if (servers.size() > MAX_NAMESERVERS) {
            errors.invalid(
                    path, servers, "must not have more than " + MAX_NAMESERVERS + " nameservers");
        }
        int index = 0;
        for (JsonNode server : servers) {
            ip(server.asString(""), path.index(index++), errors);
        }
    }

    private static void searches(JsonNode searches, FieldPath path, FieldErrors errors) {
        if (searches.size() > MAX_SEARCHES) {
            errors.invalid(
                    path, searches, "must not have more than " + MAX_SEARCHES + " search paths");
        }
        int characters = Math.max(searches.size() - 1, 0);
        for (JsonNode search : searches) {
            characters += search.asString("").length();
        }
        if (characters > MAX_SEARCH_CHARACTERS) {
            errors.invalid(
                    path,
                    searches,
                    "must not have more than "
                            + MAX_SEARCH_CHARACTERS
                            + " characters (including spaces) in the search list");
        }
        int index = 0;
        for (JsonNode search : searches) {
            String domain = search.asString("");
            FieldPath at = path.index(index++);
            if (!domain.equals(".")) {
                String bare =
                        domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
                // Search domains may have underscores since 1.34 (KEP 4427).
                String checked = bare.toLowerCase(Locale.ROOT).replace('_', 'x');
                FieldChecks.report(Names.dnsSubdomain(checked), bare, at, errors);
            }
        }
    }

    private static void aliases(JsonNode spec, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode alias : spec.path("hostAliases")) {
            FieldPath at = path.index(index++);
            ip(FieldChecks.text(alias, "ip"), at.child("ip"), errors);
            int host = 0;
            for (JsonNode name : alias.path("hostnames")) {
                String text = name.asString("");
                FieldPath own = at.child("hostnames").index(host++);
                FieldChecks.report(Names.dnsSubdomain(text), text, own, errors);
            }
        }
    }

    private static void ip(String address, FieldPath path, FieldErrors errors) {
        if (!IpSyntax.isAddress(address)) {
            errors.invalid(path, address, BAD_IP);
        }
    }
}
