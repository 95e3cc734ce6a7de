package dev.pilothouse.server.registry.admissionregistration;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import dev.pilothouse.server.registry.validation.Urls;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of Validating- and MutatingWebhookConfigurations. Source:
 * pkg/apis/admissionregistration/validation and v1/defaults.go.
 */
public final class WebhookConfigurationStrategy implements ResourceStrategy {

    private static final int TIMEOUT_SECONDS = 10;
    private static final int MAX_TIMEOUT_SECONDS = 30;
    private static final Set<String> REVIEW_VERSIONS = Set.of("v1", "v1beta1");

    private final boolean mutating;

    /**
     * @param mutating true for mutating webhooks, false for validating ones
     */
    public WebhookConfigurationStrategy(boolean mutating) {
        this.mutating = mutating;
    }

    @Override
    public void setDefaults(ObjectNode configuration) {
        for (ObjectNode webhook : Json.objects(configuration, "webhooks")) {
            Defaults.text(webhook, "failurePolicy", "Fail");
            Defaults.text(webhook, "matchPolicy", "Equivalent");
            Defaults.object(webhook, "namespaceSelector");
            Defaults.object(webhook, "objectSelector");
            Defaults.number(webhook, "timeoutSeconds", TIMEOUT_SECONDS);
            if (mutating) {
                Defaults.text(webhook, "reinvocationPolicy", "Never");
            }
            ObjectNode service = Json.objectAt(webhook, "clientConfig", "service");
            if (service != null) {
                Defaults.number(service, "port", 443);
            }
            Json.objects(webhook, "rules").forEach(rule -> Defaults.text(rule, "scope", "*"));
        }
    }

    @Override
    public void validate(ObjectNode configuration, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        ObjectCheck.of(configuration, errors)
                .each(
                        "webhooks",
                        webhook -> {
                            webhook(webhook);
                            if (!names.add(webhook.text("name"))) {
                                errors.duplicate(webhook.path("name"), webhook.text("name"));
                            }
                        });
    }

    private void webhook(ObjectCheck webhook) {
        webhook.requireSyntax("name", WebhookConfigurationStrategy::fullyQualified);
        reviewVersions(webhook);
        webhook.each("rules", rule -> OperationRules.validate(rule, true));
        webhook.oneOf("failurePolicy", List.of("Fail", "Ignore"));
        webhook.oneOf("matchPolicy", List.of("Equivalent", "Exact"));
        if (webhook.require("sideEffects", "must specify one of None, NoneOnDryRun")) {
            webhook.oneOf("sideEffects", List.of("None", "NoneOnDryRun"));
        }
        if (mutating) {
            webhook.oneOf("reinvocationPolicy", List.of("IfNeeded", "Never"));
        }
        webhook.range(
                "timeoutSeconds",
                1,
                MAX_TIMEOUT_SECONDS,
                "the timeout value must be between 1 and 30 seconds");
        OperationRules.selectors(webhook);
        Urls.clientConfig(webhook.child("clientConfig"));
        OperationRules.matchConditions(webhook);
    }

    private static List<String> fullyQualified(String name) {
        List<String> complaints = Names.dnsSubdomain(name);
        if (complaints.isEmpty() && name.chars().filter(c -> c == '.').count() < 2) {
            return List.of("should be a domain with at least three segments separated by dots");
        }
        return complaints;
    }

    private static void reviewVersions(ObjectCheck webhook) {
        if (!webhook.require("admissionReviewVersions", "must specify one of v1, v1beta1")) {
            return;
        }
        Set<String> seen = new HashSet<>();
        webhook.eachText(
                "admissionReviewVersions",
                (version, path) -> {
                    if (!seen.add(version)) {
                        webhook.errors().invalid(path, version, "duplicate version");
                    }
                    for (String complaint : Names.dns1035Label(version)) {
                        webhook.errors().invalid(path, version, complaint);
                    }
                });
        if (Collections.disjoint(seen, REVIEW_VERSIONS)) {
            webhook.invalid("admissionReviewVersions", "must include at least one of v1, v1beta1");
        }
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
