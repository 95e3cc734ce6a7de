package dev.pilothouse.server.tokens;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.pki.ServiceAccountKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes and reads the cluster's service account tokens. Thread-safe. */
public final class ServiceAccountTokens {

    /** Who issues the tokens. */
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    /** Audiences of a token that is meant for the API server. */
    public static final List<String> API_AUDIENCES = List.of(ISSUER);

    private final ServiceAccountKeys keys;
    private volatile @Nullable Rs256 signatures;

    /** Signs with these keys, which are not touched before the first token. */
    public ServiceAccountTokens(ServiceAccountKeys keys) {
        this.keys = keys;
    }

    /**
     * A signed token.
     *
     * @throws IOException when there is no key and none can be made
     */
    public String issue(TokenClaims claims) throws IOException {
        return signatures().sign(Json.bytes(claims.toJson(ISSUER)));
    }

    /**
     * Whether a token is a JWT that says that it is of this issuer; that may be a lie. Cheap, so
     * that tokens of other kinds cost nothing.
     */
    public boolean claimsToBeOurs(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return false;
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.substring(first + 1, second));
            return Json.text(Json.parse(payload), "iss").equals(ISSUER);
        } catch (IllegalArgumentException | JacksonException e) {
            return false;
        }
    }

    /**
     * The claims of a token with a good signature. Neither time nor audience has been checked.
     *
     * @throws InvalidTokenException when the token is not one of this cluster
     */
    public TokenClaims verify(String token) throws InvalidTokenException {
        Rs256 known = existing();
        if (known == null) {
            throw new InvalidTokenException("this cluster has not issued any tokens");
        }
        byte[] payload = known.verify(token);
        try {
            JsonNode json = Json.parse(payload);
            if (!Json.text(json, "iss").equals(ISSUER)) {
                throw new InvalidTokenException("the token is of another issuer");
            }
            return TokenClaims.fromJson(json);
        } catch (JacksonException e) {
            throw new InvalidTokenException("the token's claims are not JSON", e);
        }
    }

    /**
     * The public keys as a JWK set.
     *
     * @throws IOException when there is no key and none can be made
     */
    public byte[] keySet() throws IOException {
        return signatures().keySet().getBytes(StandardCharsets.UTF_8);
    }

    private Rs256 signatures() throws IOException {
        Rs256 known = signatures;
        if (known == null) {
            known = new Rs256(keys.pair());
            signatures = known;
        }
        return known;
    }

    private @Nullable Rs256 existing() throws InvalidTokenException {
        if (signatures == null) {
            try {
                KeyPair pair = keys.existing();
                if (pair != null) {
                    signatures = new Rs256(pair);
                }
            } catch (IOException e) {
                throw new InvalidTokenException("the key cannot be used: " + e.getMessage(), e);
            }
        }
        return signatures;
    }
}
