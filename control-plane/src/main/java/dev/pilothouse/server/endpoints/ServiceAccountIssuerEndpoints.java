package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.endpoints.RootHandler.Route;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.tokens.ServiceAccountTokens;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells others how to check service account tokens. Source: OpenID Connect Discovery 1.0 sections 3
 * and 4, RFC 7517, pkg/routes/openidmetadata.go.
 */
public final class ServiceAccountIssuerEndpoints {

    private static final String KEYS = "/openid/v1/jwks";
    private static final String CACHE = "public, max-age=3600";

    private ServiceAccountIssuerEndpoints() {}

    /**
     * The discovery document and the key set.
     *
     * @param tokens whose keys are shown
     * @param serverAddress host and port where the key set can be had
     */
    public static List<Route> routes(ServiceAccountTokens tokens, String serverAddress) {
        byte[] configuration = Json.bytes(configuration("https://" + serverAddress + KEYS));
        ApiHandler document =
                request -> {
                    EndpointMethods.requireRead(request);
                    return answer("application/json", configuration);
                };
        ApiHandler keys =
                request -> {
                    EndpointMethods.requireRead(request);
                    return answer("application/jwk-set+json", keySet(tokens));
                };
        return List.of(
                new Route("/.well-known/openid-configuration", false, document),
                new Route(KEYS, false, keys));
    }

    private static ApiResponse answer(String type, byte[] body) {
        return ApiResponse.Body.of(200, type, body).withHeader("Cache-Control", CACHE);
    }

    private static byte[] keySet(ServiceAccountTokens tokens) {
        try {
            return tokens.keySet();
        } catch (IOException e) {
            throw ApiException.internal("the service account keys cannot be used", e);
        }
    }

    private static ObjectNode configuration(String keysAddress) {
        ObjectNode json = Json.object();
        json.put("issuer", ServiceAccountTokens.ISSUER);
        json.put("jwks_uri", keysAddress);
        json.putArray("response_types_supported").add("id_token");
        json.putArray("subject_types_supported").add("public");
        json.putArray("id_token_signing_alg_values_supported").add("RS256");
        return json;
    }
}
