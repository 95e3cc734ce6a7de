package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to one API server as any client does. Thread-safe. */
public final class ClusterClient implements AutoCloseable {

    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String DISCOVERY =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI endpoint;

    /**
     * A client of one server.
     *
     * @param endpoint where it listens
     * @param tls trust and identity
     */
    public ClusterClient(URI endpoint, SSLContext tls) {
        this.endpoint = endpoint;
        this.client = HttpClient.newBuilder().connectTimeout(CONNECT).sslContext(tls).build();
    }

    /** Where the server listens. */
    public URI endpoint() {
        return endpoint;
    }

    /**
     * The kinds that can be listed and watched, in the preferred version of each group, by name.
     */
    public List<Kind> kinds() throws IOException, InterruptedException {
        List<Kind> kinds = new ArrayList<>();
        for (String root : List.of("/api", "/apis")) {
            for (ObjectNode group : Json.objects(json(root, DISCOVERY), "items")) {
                List<ObjectNode> versions = Json.objects(group, "versions");
                if (!versions.isEmpty()) {
                    addKinds(kinds, Json.text(group, "metadata", "name"), versions.getFirst());
                }
            }
        }
        kinds.sort(Comparator.comparing(Kind::kind).thenComparing(Kind::group));
        return List.copyOf(kinds);
    }

    private static void addKinds(List<Kind> kinds, String group, ObjectNode version) {
        for (ObjectNode resource : Json.objects(version, "resources")) {
            List<String> verbs = new ArrayList<>();
            resource.path("verbs").forEach(verb -> verbs.add(verb.asString("")));
            if (verbs.contains("list") && verbs.contains("watch")) {
                kinds.add(
                        new Kind(
                                group,
                                Json.text(version, "version"),
                                Json.text(resource, "resource"),
                                Json.text(resource, "responseKind", "kind"),
                                Json.text(resource, "scope")
                                        .toLowerCase(Locale.ROOT)
                                        .equals("namespaced")));
            }
        }
    }

    /** The table of all objects of a kind. */
    JsonNode table(Kind kind) throws IOException, InterruptedException {
        return json(kind.path(), TABLE);
    }

    /**
     * A running watch: one JSON event per line, until closed by either side.
     *
     * @param resourceVersion events after this one are sent
     */
    Watch watch(Kind kind, String resourceVersion) throws IOException, InterruptedException {
        String path =
                kind.path()
                        + "?watch=1&allowWatchBookmarks=true&resourceVersion="
                        + resourceVersion;
        HttpResponse<InputStream> response = send(request(path, TABLE).build());
        return new Watch(
                response.body(),
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** The open body of a watch. */
    record Watch(InputStream body, BufferedReader lines) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private JsonNode json(String path, String accept) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send(request(path, accept).timeout(ANSWER).build());
        try (InputStream body = response.body()) {
            return Json.parse(body.readAllBytes());
        } catch (JacksonException e) {
            throw new IOException("The server's answer to " + path + " is not JSON.", e);
        }
    }

    /** Without a time limit: since JDK 26 it would end the body of a watch as well. */
    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).header("Accept", accept).GET();
    }

    private HttpResponse<InputStream> send(HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new IOException(
                    "The server answered "
                            + response.statusCode()
                            + " to "
                            + request.uri().getPath()
                            + ".");
        }
        return response;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
