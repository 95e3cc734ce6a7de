package dev.pilothouse.server.authn;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.tokens.InvalidTokenException;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import dev.pilothouse.server.tokens.TokenClaims;
import dev.pilothouse.server.tokens.TokenClaims.Reference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens of service accounts. Only the signature's check is remembered; time and the objects that a
 * token depends on are looked at in every request, so a token ends with them. Source:
 * pkg/serviceaccount jwt.go, claims.go and util.go.
 */
public final class ServiceAccountAuthenticator implements Authenticator, TokenChecker {

    private static final int REMEMBERED = 1000;
    private static final String PREFIX = "authentication.kubernetes.io/";
    private static final String GROUP = "system:serviceaccounts";

    private final ServiceAccountTokens tokens;
    private final Storage storage;
    private final InstantSource clock;
    private final Map<String, TokenClaims> verified = new ConcurrentHashMap<>();

    /**
     * An authenticator.
     *
     * @param tokens checks signatures
     * @param storage where service accounts, pods, secrets and nodes are looked up
     * @param clock decides what has expired
     */
    public ServiceAccountAuthenticator(
            ServiceAccountTokens tokens, Storage storage, InstantSource clock) {
        this.tokens = tokens;
        this.storage = storage;
        this.clock = clock;
    }

    @Override
    public Result authenticate(ApiRequest request) {
        String token = BearerTokens.of(request);
        if (token.isEmpty()) {
            return Result.NONE;
        }
        return switch (check(token, ServiceAccountTokens.API_AUDIENCES)) {
            case Outcome.Valid(UserInfo user, _) -> new Result.Authenticated(user);
            case Outcome.Invalid(String why) -> new Result.Rejected(why);
            case Outcome.Unknown() -> Result.NONE;
        };
    }

    @Override
    public Outcome check(String token, List<String> audiences) {
        if (!tokens.claimsToBeOurs(token)) {
            return Outcome.UNKNOWN;
        }
        try {
            TokenClaims claims = verify(token);
            List<String> shared = audiences.stream().filter(claims.audiences()::contains).toList();
            if (shared.isEmpty()) {
                throw new InvalidTokenException(
                        "token audiences "
                                + quoted(claims.audiences())
                                + " is invalid for the target audiences "
                                + quoted(audiences));
            }
            Instant now = clock.instant();
            claims.checkTime(now);
            checkObjects(claims, now);
            return new Outcome.Valid(user(claims), shared);
        } catch (InvalidTokenException e) {
            return new Outcome.Invalid(String.valueOf(e.getMessage()));
        }
    }

    private TokenClaims verify(String token) throws InvalidTokenException {
        String hash = TokenHash.of(token);
        TokenClaims claims = verified.get(hash);
        if (claims == null) {
            claims = tokens.verify(token);
            if (verified.size() >= REMEMBERED) {
                verified.clear();
            }
            verified.put(hash, claims);
        }
        return claims;
    }

    private void checkObjects(TokenClaims claims, Instant now) throws InvalidTokenException {
        Reference account = claims.serviceAccount();
        String namespace = claims.namespace();
        check(
                new Dependency("serviceaccounts", namespace, account, "service account", "claim"),
                "service account " + namespace + "/" + account.name() + " has been deleted",
                now);
        TokenClaims.Bound bound = claims.bound();
        String invalidated = "service account token has been invalidated";
        if (bound.secret() != null) {
            check(
                    new Dependency(
                            "secrets",
                            namespace,
                            bound.secret(),
                            "secret",
                            "service account secret ref claim"),
                    invalidated,
                    now);
        }
        if (bound.pod() != null) {
            check(
                    new Dependency(
                            "pods", namespace, bound.pod(), "pod", "service account pod ref claim"),
                    invalidated,
                    now);
        } else if (bound.node() != null) {
            check(
                    new Dependency(
                            "nodes", "", bound.node(), "node", "service account node ref claim"),
                    invalidated,
                    now);
        }
    }

    /** An object that a token ends with; the last two are its names in messages. */
    private record Dependency(
            String resource, String namespace, Reference reference, String noun, String claim) {

        ObjectKey key() {
            return new ObjectKey(new GroupResource("", resource), namespace, reference.name());
        }
    }

    private void check(Dependency dependency, String deleted, Instant now)
            throws InvalidTokenException {
        StoredObject stored = storage.get(dependency.key());
        if (stored == null) {
            throw new InvalidTokenException(deleted);
        }
        ObjectNode object = Json.parseObject(stored.json());
        String deletion = Json.text(object, "metadata", "deletionTimestamp");
        if (!deletion.isEmpty()
                && Instant.parse(deletion).isBefore(now.minus(TokenClaims.LEEWAY))) {
            throw new InvalidTokenException(deleted);
        }
        String uid = Json.text(object, "metadata", "uid");
        if (!uid.equals(dependency.reference().uid())) {
            throw new InvalidTokenException(
                    "%s UID (%s) does not match %s (%s)"
                            .formatted(
                                    dependency.noun(),
                                    uid,
                                    dependency.claim(),
                                    dependency.reference().uid()));
        }
    }

    private static UserInfo user(TokenClaims claims) {
        Map<String, List<String>> extra = new HashMap<>();
        if (!claims.id().isEmpty()) {
            extra.put(PREFIX + "credential-id", List.of("JTI=" + claims.id()));
        }
        put(extra, "pod", claims.bound().pod());
        put(extra, "node", claims.bound().node());
        return new UserInfo(
                claims.subject(),
                claims.serviceAccount().uid(),
                Groups.authenticated(List.of(GROUP, GROUP + ":" + claims.namespace())),
                extra);
    }

    private static void put(
            Map<String, List<String>> extra, String noun, @Nullable Reference reference) {
        if (reference != null) {
            extra.put(PREFIX + noun + "-name", List.of(reference.name()));
            if (!reference.uid().isEmpty()) {
                extra.put(PREFIX + noun + "-uid", List.of(reference.uid()));
            }
        }
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").toList().toString().replace(",", "");
    }
}
