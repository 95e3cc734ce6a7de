package dev.pilothouse.ui.cluster;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached and as whom.
 *
 * @param name of the cluster, for people
 * @param endpoint where its server listens
 * @param tls trust and identity
 * @param proxy an HTTP proxy, null for none
 * @param headers what every request carries besides
 * @param marks what the user has said about the cluster
 */
public record Access(
        String name,
        URI endpoint,
        SSLContext tls,
        @Nullable URI proxy,
        Headers headers,
        Marks marks) {

    /** What the user has said about a cluster. */
    public record Marks(boolean readOnly, boolean guarded) {
        /** Nothing. */
        public static final Marks NONE = new Marks(false, false);
    }

    /** Gives the headers of an identity. Thread-safe. */
    @FunctionalInterface
    public interface Headers {

        /** No headers. */
        Headers NONE = refresh -> Map.of();

        /**
         * The headers now; may block.
         *
         * @param refresh whether the server has refused the last ones
         * @throws IOException when they cannot be had; the message is a sentence for people
         */
        Map<String, List<String>> get(boolean refresh) throws IOException, InterruptedException;
    }

    /** The access of an identity that is in the TLS context alone. */
    public static Access of(String name, URI endpoint, SSLContext tls) {
        return new Access(name, endpoint, tls, null, Headers.NONE, Marks.NONE);
    }
}
