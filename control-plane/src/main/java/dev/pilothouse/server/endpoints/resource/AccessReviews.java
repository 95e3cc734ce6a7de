package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.authz.Authorizer.Decision;
import dev.pilothouse.server.authz.Authorizer.Verdict;
import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What somebody may do, asked of the same authorizer that guards requests. */
final class AccessReviews {

    private final Authorizer authorizer;

    AccessReviews(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** A SelfSubjectAccessReview. */
    ObjectNode self(ResourceCall call, ObjectNode review) {
        return decide(call.request().user(), review.path("spec"));
    }

    /** A SubjectAccessReview or LocalSubjectAccessReview. */
    ObjectNode subject(ResourceCall call, ObjectNode review) {
        JsonNode spec = review.path("spec");
        List<String> groups = strings(spec.path("groups"));
        UserInfo user =
                new UserInfo(Json.text(spec, "user"), Json.text(spec, "uid"), groups, extra(spec));
        return decide(user, spec);
    }

    /** A SelfSubjectReview. */
    ObjectNode whoAmI(ResourceCall call, ObjectNode review) {
        ObjectNode status = Json.object();
        status.set("userInfo", userInfo(call.request().user()));
        return status;
    }

    /**
     * A SelfSubjectRulesReview. Only what holds for everything can be listed; the rest is said to
     * be incomplete, which clients know from authorizers that cannot list their rules.
     */
    ObjectNode rules(ResourceCall call, ObjectNode review) {
        ObjectNode status = Json.object();
        ArrayNode resourceRules = status.putArray("resourceRules");
        ArrayNode nonResourceRules = status.putArray("nonResourceRules");
        boolean all = call.request().user().isIn(UserInfo.MASTERS);
        if (all) {
            ObjectNode resources = resourceRules.addObject();
            for (String field : List.of("verbs", "apiGroups", "resources")) {
                resources.putArray(field).add("*");
            }
            ObjectNode paths = nonResourceRules.addObject();
            paths.putArray("verbs").add("*");
            paths.putArray("nonResourceURLs").add("*");
        }
        status.put("incomplete", !all);
        if (!all) {
            status.put("evaluationError", "the authorizer does not list its rules");
        }
        return status;
    }

    /** The authentication/v1 UserInfo object of a user. */
    static ObjectNode userInfo(UserInfo user) {
        ObjectNode json = Json.object();
        json.put("username", user.name());
        if (!user.uid().isEmpty()) {
            json.put("uid", user.uid());
        }
        ArrayNode groups = json.putArray("groups");
        user.groups().forEach(groups::add);
        if (!user.extra().isEmpty()) {
            ObjectNode extra = json.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
        }
        return json;
    }

    private ObjectNode decide(UserInfo user, JsonNode spec) {
        JsonNode resource = Json.at(spec, "resourceAttributes");
        RequestInfo info =
                resource == null
                        ? pathInfo(spec.path("nonResourceAttributes"))
                        : resourceInfo(resource);
        Decision decision = authorizer.authorize(user, info);
        ObjectNode status = Json.object();
        status.put("allowed", decision.allowed());
        if (decision.verdict() == Verdict.DENY) {
            status.put("denied", true);
        }
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
        return status;
    }

    private static RequestInfo resourceInfo(JsonNode attributes) {
        String resource = Json.text(attributes, "resource");
        return new RequestInfo(
                true,
                "",
                Json.text(attributes, "verb"),
                "",
                Json.text(attributes, "group"),
                Json.text(attributes, "version"),
                Json.text(attributes, "namespace"),
                resource,
                Json.text(attributes, "subresource"),
                Json.text(attributes, "name"),
                List.of(resource));
    }

    private static RequestInfo pathInfo(JsonNode attributes) {
        return new RequestInfo(
                false,
                Json.text(attributes, "path"),
                Json.text(attributes, "verb"),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                List.of());
    }

    private static Map<String, List<String>> extra(JsonNode spec) {
        Map<String, List<String>> extra = new HashMap<>();
        spec.path("extra")
                .properties()
                .forEach(entry -> extra.put(entry.getKey(), strings(entry.getValue())));
        return extra;
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(value -> value.asString("")).toList();
    }
}
