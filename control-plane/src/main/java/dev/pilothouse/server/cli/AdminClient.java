package dev.pilothouse.server.cli;

import dev.pilothouse.server.kubeconfig.KubeconfigFile;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Speaks to the server that runs on a data directory, as its administrator. */
final class AdminClient implements AutoCloseable {

    /** Nobody who listens refuses at once; what takes longer is a busy machine. */
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final int LONGEST_REASON = 2000;

    private final HttpClient client;
    private final URI endpoint;

    private AdminClient(HttpClient client, URI endpoint) {
        this.client = client;
        this.endpoint = endpoint;
    }

    /**
     * Connects to the server of a data directory.
     *
     * @return null when no server of this data directory is running
     * @throws IOException when the data directory's credentials cannot be read
     */
    static @Nullable AdminClient connect(Path dataDirectory)
            throws IOException, InterruptedException {
        Path kubeconfig = dataDirectory.resolve(KubeconfigFile.NAME);
        if (!Files.exists(kubeconfig)) {
            return null;
        }
        URI endpoint = KubeconfigFile.endpoint(kubeconfig);
        HttpClient http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .sslContext(ClusterPki.load(dataDirectory).adminContext())
                        .build();
        var client = new AdminClient(http, endpoint);
        try {
            client.get("/livez").body().close();
            return client;
        } catch (ConnectException | HttpTimeoutException | SSLException e) {
            // Nobody listens there, or somebody else does: a server with another authority.
            http.shutdownNow();
            return null;
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** Gets a path that answers soon. The caller closes the body. */
    HttpResponse<InputStream> get(String path) throws IOException, InterruptedException {
        return send(request(path).timeout(ANSWER));
    }

    /** Gets a path whose body may take as long as it needs. The caller closes the body. */
    HttpResponse<InputStream> download(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    /** Sends JSON, in the background. */
    CompletableFuture<HttpResponse<String>> sendAsync(String method, String path, String json) {
        HttpRequest.Builder request =
                request(path)
                        .timeout(ANSWER)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json));
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).GET();
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    /** The status and the beginning of an error body, on one line. */
    static String reason(int status, InputStream body) throws IOException {
        String text = new String(body.readNBytes(LONGEST_REASON), StandardCharsets.UTF_8);
        return "HTTP " + status + " " + text.replaceAll("\\s+", " ").strip();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
