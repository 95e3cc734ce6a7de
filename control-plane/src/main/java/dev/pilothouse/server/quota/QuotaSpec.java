package dev.pilothouse.server.quota;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a quota limits.
 *
 * @param hard how much there may be of what
 * @param scopes which pods it is about: all scopes must cover a pod
 */
public record QuotaSpec(Amounts hard, List<Scope> scopes) {

    /**
     * One condition.
     *
     * @param name the scope
     * @param operator In, NotIn, Exists or DoesNotExist
     * @param values what In and NotIn compare with
     */
    public record Scope(String name, String operator, List<String> values) {

        /** Copies the list. */
        public Scope {
            values = List.copyOf(values);
        }
    }

    /** Copies the list. */
    public QuotaSpec {
        scopes = List.copyOf(scopes);
    }

    /** Reads a ResourceQuota. */
    public static QuotaSpec of(ObjectNode quota) {
        List<Scope> scopes = new ArrayList<>();
        ArrayNode plain = Json.arrayAt(quota, "spec", "scopes");
        if (plain != null) {
            plain.forEach(scope -> scopes.add(new Scope(scope.asString(""), "Exists", List.of())));
        }
        for (ObjectNode term : Json.objects(quota, "spec", "scopeSelector", "matchExpressions")) {
            ArrayNode values = Json.arrayAt(term, "values");
            scopes.add(
                    new Scope(
                            Json.text(term, "scopeName"),
                            Json.text(term, "operator"),
                            values == null
                                    ? List.of()
                                    : values.valueStream()
                                            .map(value -> value.asString(""))
                                            .toList()));
        }
        return new QuotaSpec(Amounts.of(Json.at(quota, "spec", "hard")), scopes);
    }

    /** Whether the quota is about objects with these traits; scopes are about pods only. */
    public boolean covers(@Nullable PodTraits traits) {
        return scopes.isEmpty()
                || (traits != null
                        && scopes.stream()
                                .allMatch(scope ->
                                        traits.matches(
                                                scope.name(), scope.operator(), scope.values())));
    }
}
