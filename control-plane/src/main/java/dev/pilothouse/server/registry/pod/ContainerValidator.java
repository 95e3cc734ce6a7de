package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks one container in the light of its pod. */
final class ContainerValidator {

    private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> RESIZE_POLICIES = List.of("NotRequired", "RestartContainer");
    private static final List<String> RULE_ACTIONS = List.of("Restart", "RestartAllContainers");
    private static final List<String> RULE_OPERATORS = List.of("In", "NotIn");
    private static final int MAX_RULES = 20;

    private final JsonNode spec;
    private final Map<String, JsonNode> volumes;
    private final Set<String> claims;
    private final long gracePeriod;

    /**
     * For the containers of one pod spec.
     *
     * @param volumes the good volumes by name
     * @param claims names of the pod's resource claims
     */
    ContainerValidator(JsonNode spec, Map<String, JsonNode> volumes, Set<String> claims) {
        this.spec = spec;
        this.volumes = volumes;
        this.claims = claims;
        this.gracePeriod = spec.path("terminationGracePeriodSeconds").asLong(30);
    }

    /** What containers of all sorts have in common. */
    void validate(JsonNode container, FieldPath path, FieldErrors errors) {
        String name = FieldChecks.text(container, "name");
        FieldPath namePath = path.child("name");
        if (name.isEmpty()) {
            errors.required(namePath, "");
        } else {
            FieldChecks.report(Names.dnsLabel(name), name, namePath, errors);
        }
        if (FieldChecks.text(container, "image").isEmpty()) {
            errors.required(path.child("image"), "");
        }
        FieldChecks.requiredOneOf(
                container, "terminationMessagePolicy", MESSAGE_POLICIES, path, errors);
        if (container.has("ports")) {
            ports(container.path("ports"), path.child("ports"), errors);
        }
        EnvValidator.validate(container, path, errors);
        VolumeMountValidator.validate(container, volumes, path, errors);
        FieldChecks.requiredOneOf(container, "imagePullPolicy", PULL_POLICIES, path, errors);
        if (container.has("resources")) {
            ResourceRequirementsValidator.validate(
                    container.path("resources"), claims, path.child("resources"), errors);
        }
        resizePolicy(container, path, errors);
        restartRules(container, path, errors);
        SecurityContextValidator.validate(container, spec, path, errors);
    }

    /** What only containers have that keep running. */
    void lifecycleAndProbes(JsonNode container, FieldPath path, FieldErrors errors) {
        HandlerValidator.lifecycle(container, spec, gracePeriod, path, errors);
        ProbeValidator.validate(container, path, errors);
    }

    private static void ports(JsonNode ports, FieldPath path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode port : ports) {
            FieldPath at = path.index(index++);
            String name = FieldChecks.text(port, "name");
            if (!name.isEmpty()) {
                List<String> complaints = Names.portName(name);
                FieldChecks.report(complaints, name, at.child("name"), errors);
                if (complaints.isEmpty() && !names.add(name)) {
                    errors.duplicate(at.child("name"), name);
                }
            }
            long number = port.path("containerPort").asLong(0);
            if (number == 0) {
                errors.required(at.child("containerPort"), "");
            } else {
                FieldChecks.report(
                        Names.portNumber(number), number, at.child("containerPort"), errors);
            }
            long hostPort = port.path("hostPort").asLong(0);
            if (hostPort != 0) {
                FieldChecks.report(
                        Names.portNumber(hostPort), hostPort, at.child("hostPort"), errors);
            }
            FieldChecks.requiredOneOf(port, "protocol", PROTOCOLS, at, errors);
        }
    }

    private static void resizePolicy(JsonNode container, FieldPath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (JsonNode policy : container.path("resizePolicy")) {
            FieldPath at = path.child("resizePolicy").index(index++);
            String resource = FieldChecks.text(policy, "resourceName");
            if (!resource.equals("cpu") && !resource.equals("memory")) {
                errors.notSupported(at.child("resourceName"), resource, List.of("cpu", "memory"));
            }
            if (!seen.add(resource)) {
                errors.duplicate(at, resource);
            }
            FieldChecks.requiredOneOf(policy, "restartPolicy", RESIZE_POLICIES, at, errors);
        }
    }

    private static void restartRules(JsonNode container, FieldPath path, FieldErrors errors) {
        FieldChecks.optionalOneOf(container, "restartPolicy", RESTART_POLICIES, path, errors);
        JsonNode rules = container.path("restartPolicyRules");
        if (rules.isEmpty()) {
            return;
        }
        FieldPath at = path.child("restartPolicyRules");
        if (!container.has("restartPolicy")) {
            errors.required(
                    path.child("restartPolicy"),
                    "must specify restartPolicy when restart rules are used");
        }
        if (rules.size() > MAX_RULES) {
            errors.tooMany(at, rules.size(), MAX_RULES);
        }
        int index = 0;
        for (JsonNode rule : rules) {
            FieldPath own = at.index(index++);
            FieldChecks.requiredOneOf(rule, "action", RULE_ACTIONS, own, errors);
            if (!rule.has("exitCodes")) {
                errors.required(own.child("exitCodes"), "must be specified when rules are used");
                continue;
            }
            FieldPath codes = own.child("exitCodes");
            FieldChecks.requiredOneOf(
                    rule.path("exitCodes"), "operator", RULE_OPERATORS, codes, errors);
            if (rule.path("exitCodes").path("values").size() > 255) {
                errors.tooMany(
                        codes.child("values"), rule.path("exitCodes").path("values").size(), 255);
            }
        }
    }
}
