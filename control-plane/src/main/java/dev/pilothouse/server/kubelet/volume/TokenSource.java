package dev.pilothouse.server.kubelet.volume;

import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.kubelet.env.ConfigException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens of the service account of one pod, bound to the pod, kept until four fifths of their life
 * are over or they are a day old. Used by one thread at a time. Source: the kubelet's token
 * manager.
 */
final class TokenSource {

    private static final Duration OLDEST = Duration.ofHours(24);

    private final ResourceClient accounts;
    private final ObjectNode pod;
    private final InstantSource clock;
    private final Map<String, Issued> issued = new HashMap<>();

    private record Issued(String token, Instant refresh) {}

    TokenSource(ResourceClient accounts, ObjectNode pod, InstantSource clock) {
        this.accounts = accounts;
        this.pod = pod;
        this.clock = clock;
    }

    /**
     * A token that is not old.
     *
     * @param audience empty for the API server
     */
    String token(String audience, long seconds) {
        String key = audience + "\n" + seconds;
        Issued known = issued.get(key);
        if (known != null && clock.instant().isBefore(known.refresh())) {
            return known.token();
        }
        try {
            Issued fresh = request(audience, seconds);
            issued.put(key, fresh);
            return fresh.token();
        } catch (ApiException e) {
            throw new ConfigException("failed to fetch token: " + e.status().message());
        }
    }

    /** When the first token needs to be renewed, or null. */
    @Nullable Instant refresh() {
        return issued.values().stream().map(Issued::refresh).min(Instant::compareTo).orElse(null);
    }

    private Issued request(String audience, long seconds) {
        ObjectNode request = Json.object();
        request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = request.putObject("spec");
        if (!audience.isEmpty()) {
            spec.putArray("audiences").add(audience);
        }
        spec.put("expirationSeconds", seconds);
        spec.putObject("boundObjectRef")
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("name", Json.text(pod, "metadata", "name"))
                .put("uid", Json.text(pod, "metadata", "uid"));
        String account = Json.text(pod, "spec", "serviceAccountName");
        ObjectNode answer =
                accounts.create(
                        Json.text(pod, "metadata", "namespace"),
                        account.isEmpty() ? "default" : account,
                        "token",
                        request);
        Instant now = clock.instant();
        Instant expires = Instant.parse(Json.text(answer, "status", "expirationTimestamp"));
        Duration life = Duration.between(now, expires).multipliedBy(4).dividedBy(5);
        Duration kept = life.compareTo(OLDEST) < 0 ? life : OLDEST;
        return new Issued(Json.text(answer, "status", "token"), now.plus(kept));
    }
}
