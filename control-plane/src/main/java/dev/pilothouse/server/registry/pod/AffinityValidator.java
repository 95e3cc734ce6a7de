package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.Names;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks affinities to nodes and to other pods. */
final class AffinityValidator {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityValidator() {}

    static void validate(JsonNode affinity, FieldPath path, FieldErrors errors) {
        if (affinity.isEmpty()) {
            return;
        }
        if (affinity.has("nodeAffinity")) {
            node(affinity.path("nodeAffinity"), path.child("nodeAffinity"), errors);
        }
        for (String member : List.of("podAffinity", "podAntiAffinity")) {
            if (affinity.has(member)) {
                pod(affinity.path(member), path.child(member), errors);
            }
        }
    }

    private static void node(JsonNode affinity, FieldPath path, FieldErrors errors) {
        if (FieldChecks.has(affinity, REQUIRED)) {
            NodeSelectorValidator.validate(affinity.path(REQUIRED), path.child(REQUIRED), errors);
        }
        int index = 0;
        for (JsonNode term : affinity.path(PREFERRED)) {
            FieldPath at = path.child(PREFERRED).index(index++);
            weight(term, at, errors);
            NodeSelectorValidator.term(
                    term.path("preference"), true, at.child("preference"), errors);
        }
    }

    private static void pod(JsonNode affinity, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode term : affinity.path(REQUIRED)) {
            podTerm(term, path.child(REQUIRED).index(index++), errors);
        }
        index = 0;
        for (JsonNode term : affinity.path(PREFERRED)) {
            FieldPath at = path.child(PREFERRED).index(index++);
            weight(term, at, errors);
            podTerm(term.path("podAffinityTerm"), at.child("podAffinityTerm"), errors);
        }
    }

    private static void weight(JsonNode term, FieldPath path, FieldErrors errors) {
        long weight = term.path("weight").asLong(0);
        if (weight < 1 || weight > 100) {
            errors.invalid(path.child("weight"), weight, "must be in the range 1-100");
        }
    }

    private static void podTerm(JsonNode term, FieldPath path, FieldErrors errors) {
        LabelSelectorValidator.validate(
                Json.objectAt(term, "labelSelector"), path.child("labelSelector"), errors);
        LabelSelectorValidator.validate(
                Json.objectAt(term, "namespaceSelector"), path.child("namespaceSelector"), errors);
        for (JsonNode namespace : term.path("namespaces")) {
            String name = namespace.asString("");
            FieldChecks.report(Names.dnsLabel(name), name, path.child("namespace"), errors);
        }
        matchKeys(term, "matchLabelKeys", path, errors);
        matchKeys(term, "mismatchLabelKeys", path, errors);
        String topology = FieldChecks.text(term, "topologyKey");
        if (topology.isEmpty()) {
            errors.required(path.child("topologyKey"), "can not be empty");
        }
        LabelsValidator.validateKey(topology, path.child("topologyKey"), errors);
    }

    private static void matchKeys(
            JsonNode term, String member, FieldPath path, FieldErrors errors) {
        JsonNode keys = term.path(member);
        if (keys.isEmpty()) {
            return;
        }
        FieldPath at = path.child(member);
        if (!term.has("labelSelector")) {
            errors.forbidden(at, "must not be specified when labelSelector is not set");
        }
        int index = 0;
        for (JsonNode key : keys) {
            FieldPath own = at.index(index++);
            LabelsValidator.validateKey(key.asString(""), own, errors);
            if (member.equals("matchLabelKeys") && contains(term.path("mismatchLabelKeys"), key)) {
                errors.invalid(own, key, "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    private static boolean contains(JsonNode list, JsonNode element) {
        for (JsonNode other : list) {
            if (other.equals(element)) {
                return true;
            }
        }
        return false;
    }
}
