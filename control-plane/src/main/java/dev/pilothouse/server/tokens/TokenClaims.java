package dev.pilothouse.server.tokens;

import dev.pilothouse.model.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a service account token says. Source: pkg/serviceaccount/claims.go.
 *
 * @param id unique id of the token
 * @param audiences whom the token is for
 * @param issued when it was made and became valid, whole seconds
 * @param expires when it ends, whole seconds
 * @param namespace namespace of the service account and of what the token is bound to
 * @param serviceAccount whose token it is
 * @param bound what the token ends with
 * @param warnAfter when the time really asked for is over, null when that is {@code expires}
 */
public record TokenClaims(
        String id,
        List<String> audiences,
        Instant issued,
        Instant expires,
        String namespace,
        Reference serviceAccount,
        Bound bound,
        @Nullable Instant warnAfter) {

    /** How far clocks may be apart. Source: go-jose's default leeway. */
    public static final Duration LEEWAY = Duration.ofMinutes(1);

    private static final String PRIVATE = "kubernetes.io";

    /**
     * An object at the time of issue.
     *
     * @param uid empty for a node that was not there
     */
    public record Reference(String name, String uid) {}

    /**
     * What a token is bound to: a pod with its node if it has one, a secret, or a node alone.
     *
     * @param node where the pod runs, or what the token is bound to when there is no pod
     */
    public record Bound(
            @Nullable Reference pod, @Nullable Reference secret, @Nullable Reference node) {

        /** Bound to nothing. */
        public static final Bound NONE = new Bound(null, null, null);
    }

    /** Copies the list. */
    public TokenClaims {
        audiences = List.copyOf(audiences);
    }

    /** The user that the token stands for. */
    public String subject() {
        return "system:serviceaccount:" + namespace + ":" + serviceAccount.name();
    }

    /**
     * Checks the time.
     *
     * @throws InvalidTokenException when the token has ended or not begun yet
     */
    public void checkTime(Instant now) throws InvalidTokenException {
        if (now.minus(LEEWAY).isAfter(expires)) {
            throw new InvalidTokenException("service account token has expired");
        }
        if (now.plus(LEEWAY).isBefore(issued)) {
            throw new InvalidTokenException("service account token is not valid yet");
        }
    }

    ObjectNode toJson(String issuer) {
        ObjectNode json = Json.object();
        ArrayNode aud = json.putArray("aud");
        audiences.forEach(aud::add);
        json.put("exp", expires.getEpochSecond());
        json.put("iat", issued.getEpochSecond());
        json.put("iss", issuer);
        json.put("jti", id);
        ObjectNode kubernetes = json.putObject(PRIVATE);
        kubernetes.put("namespace", namespace);
        put(kubernetes, "node", bound.node());
        put(kubernetes, "pod", bound.pod());
        put(kubernetes, "secret", bound.secret());
        put(kubernetes, "serviceaccount", serviceAccount);
        if (warnAfter != null) {
            kubernetes.put("warnafter", warnAfter.getEpochSecond());
        }
        json.put("nbf", issued.getEpochSecond());
        json.put("sub", subject());
        return json;
    }

    /**
     * Reads claims back.
     *
     * @throws InvalidTokenException when they are not those of a service account
     */
    static TokenClaims fromJson(JsonNode json) throws InvalidTokenException {
        JsonNode kubernetes = json.path(PRIVATE);
        Reference account = reference(kubernetes, "serviceaccount");
        JsonNode warnAfter = Json.at(kubernetes, "warnafter");
        if (account == null || !json.path("exp").isNumber() || !json.path("nbf").isNumber()) {
            throw new InvalidTokenException("the token has not the claims of a service account");
        }
        var claims =
                new TokenClaims(
                        Json.text(json, "jti"),
                        audiences(json.path("aud")),
                        Instant.ofEpochSecond(Json.number(json, 0, "nbf")),
                        Instant.ofEpochSecond(Json.number(json, 0, "exp")),
                        Json.text(kubernetes, "namespace"),
                        account,
                        new Bound(
                                reference(kubernetes, "pod"),
                                reference(kubernetes, "secret"),
                                reference(kubernetes, "node")),
                        warnAfter == null ? null : Instant.ofEpochSecond(warnAfter.asLong(0)));
        if (!claims.subject().equals(Json.text(json, "sub"))) {
            throw new InvalidTokenException("the token's subject is not its service account");
        }
        return claims;
    }

    /** RFC 7519 section 4.1.3 lets a single audience stand alone. */
    private static List<String> audiences(JsonNode aud) {
        return aud.isString()
                ? List.of(aud.asString(""))
                : aud.valueStream().map(value -> value.asString("")).toList();
    }

    private static void put(ObjectNode parent, String field, @Nullable Reference reference) {
        if (reference != null) {
            ObjectNode json = parent.putObject(field);
            json.put("name", reference.name());
            if (!reference.uid().isEmpty()) {
                json.put("uid", reference.uid());
            }
        }
    }

    private static @Nullable Reference reference(JsonNode parent, String field) {
        JsonNode json = Json.objectAt(parent, field);
        return json == null ? null : new Reference(Json.text(json, "name"), Json.text(json, "uid"));
    }
}
