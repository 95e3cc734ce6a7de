package dev.pilothouse.server;

import dev.pilothouse.server.http.HttpServer;
import dev.pilothouse.server.http.HttpServerOptions;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.server.pki.ServingNames;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The socket with its certificates. It opens before the server behind it is built, whose port is
 * part of what is built; until then it answers that the server is not there yet.
 */
final class FrontDoor implements AutoCloseable {

    private final ClusterPki pki;
    private final HttpServer http;
    private final URI endpoint;
    private final Late late;

    private FrontDoor(ClusterPki pki, HttpServer http, URI endpoint, Late late) {
        this.pki = pki;
        this.http = http;
        this.endpoint = endpoint;
        this.late = late;
    }

    /**
     * Makes the certificates that are missing, and listens.
     *
     * @throws IOException when it cannot; the message is one sentence for people
     */
    static FrontDoor open(ControlPlaneOptions options, Clock clock) throws IOException {
        ClusterPki pki =
                ClusterPki.open(
                        options.dataDirectory(),
                        ServingNames.forHost(options.bindAddress()),
                        clock);
        Late late = new Late();
        HttpServer http = listen(options, pki.serverContext(), late);
        return new FrontDoor(pki, http, endpoint(options.bindAddress(), http.port()), late);
    }

    /** The cluster's certificates. */
    ClusterPki pki() {
        return pki;
    }

    /** Where clients reach the server. */
    URI endpoint() {
        return endpoint;
    }

    /** The port that was free. */
    int port() {
        return http.port();
    }

    /** From now on requests go to this chain. */
    void serve(ApiHandler chain) {
        late.target = chain;
    }

    @Override
    public void close() {
        http.close();
    }

    private static HttpServer listen(ControlPlaneOptions options, SSLContext tls, ApiHandler chain)
            throws IOException {
        try {
            return HttpServer.start(
                    HttpServerOptions.loopback(options.port(), tls)
                            .withAddress(options.bindAddress()),
                    chain);
        } catch (BindException e) {
            if (options.portRequired()) {
                throw new IOException(
                        "Port "
                                + options.port()
                                + " is in use; choose another with --port, or leave it out.",
                        e);
            }
            return HttpServer.start(
                    HttpServerOptions.loopback(0, tls).withAddress(options.bindAddress()), chain);
        }
    }

    private static URI endpoint(InetAddress address, int port) {
        String host = address.getHostAddress();
        return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Stands at the socket until the server behind it is built. */
    private static final class Late implements ApiHandler {

        private volatile @Nullable ApiHandler target;

        @Override
        public boolean mayBlock(ApiRequest request) {
            ApiHandler handler = target;
            return handler == null || handler.mayBlock(request);
        }

        @Override
        public ApiResponse handle(ApiRequest request) {
            ApiHandler handler = target;
            if (handler == null) {
                return ApiResponse.Body.of(503, "text/plain", new byte[0])
                        .withHeader("Retry-After", "1");
            }
            return handler.handle(request);
        }
    }
}
