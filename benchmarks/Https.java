import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The load generator: the JDK's HTTP client over TLS, with one connection for each client. */
final class Https {

    /** What the generator is known by to a {@link Server}. */
    static final String TOKEN = "benchmark";

    private final HttpClient[] clients;

    Https(int count) {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        SSLContext tls = anyServer();
        clients = new HttpClient[count];
        for (int i = 0; i < count; i++) {
            clients[i] =
                    HttpClient.newBuilder()
                            .sslContext(tls)
                            .version(HttpClient.Version.HTTP_1_1)
                            .build();
        }
    }

    /** TLS to the server that has just been started, whose certificate nobody knows. */
    static SSLContext anyServer() {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new AnyServer()}, new SecureRandom());
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the request of a number. */
    interface Requests {
        HttpRequest of(int number);
    }

    /** Requests per second, and the server's processor time for each. */
    record Figures(double rate, double cpuMillis) {}

    static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(120));
    }

    static HttpRequest post(String url, String body) {
        return request(url).POST(BodyPublishers.ofString(body)).build();
    }

    static HttpRequest patch(String url, String body) {
        return request(url)
                .setHeader("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(body))
                .build();
    }

    /** The body of an answer that must be a good one, from the first client. */
    String ok(HttpRequest request) throws IOException, InterruptedException {
        return ok(request, clients[0]);
    }

    private static String ok(HttpRequest request, HttpClient client)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    request + " was answered by " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** The lines of an answer as they come, on a connection of its own. */
    Stream<String> lines(HttpRequest request, int client) throws IOException, InterruptedException {
        return clients[client % clients.length].send(request, BodyHandlers.ofLines()).body();
    }

    /** Sends so many requests from all clients at once, as fast as they can. */
    Figures many(Server server, int count, Requests requests) throws Exception {
        long cpu = server.cpuMillis();
        double seconds = all(count, Double.POSITIVE_INFINITY, requests);
        return new Figures(count / seconds, (server.cpuMillis() - cpu) / (double) count);
    }

    /**
     * Sends so many requests from all clients at once.
     *
     * @param perSecond at most so many, evenly spread
     * @return how many seconds it took
     */
    double all(int count, double perSecond, Requests requests) throws Exception {
        AtomicInteger next = new AtomicInteger();
        long before = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(clients.length)) {
            List<Future<?>> all = new ArrayList<>();
            for (HttpClient client : clients) {
                all.add(
                        threads.submit(() -> {
                            for (int i = next.getAndIncrement();
                                    i < count;
                                    i = next.getAndIncrement()) {
                                long due = before + (long) (i * 1e9 / perSecond);
                                for (long now = System.nanoTime();
                                        now < due;
                                        now = System.nanoTime()) {
                                    LockSupport.parkNanos(due - now);
                                }
                                ok(requests.of(i), client);
                            }
                            return null;
                        }));
            }
            for (var one : all) {
                one.get();
            }
        }
        return (System.nanoTime() - before) / 1e9;
    }

    /** The median time of a GET in milliseconds, of some after a third as many for warming up. */
    double median(String url, int times) throws Exception {
        double[] millis = new double[times];
        for (int i = -times / 3; i < times; i++) {
            long before = System.nanoTime();
            ok(request(url).build());
            if (i >= 0) {
                millis[i] = (System.nanoTime() - before) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[times / 2];
    }

    /** The server is the one just started. */
    private static final class AnyServer extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
