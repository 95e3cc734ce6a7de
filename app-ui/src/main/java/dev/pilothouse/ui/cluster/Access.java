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
        Headers NONE = Map::of;

        /**
         * The headers now; may block.
         *
         * @throws IOException when they cannot be had; the message is a sentence for people
         */
        Map<String, List<String>> get() throws IOException, InterruptedException;

        /**
         * The headers after the server has refused others, or the certificate; may block.
         *
         * @param refused the headers of the refused request
         * @throws IOException when there are none; the message is a sentence for people
         */
        default Map<String, List<String>> renewed(Map<String, List<String>> refused)
                throws IOException, InterruptedException {
            return get();
        }

        /** Trust and identity when they are others than at the start; null when they are not. */
        default @Nullable SSLContext tls() {
            return null;
        }

        /** How to get a new identity, in sentences; empty when that is unknown. */
        default String renewal() {
            return "";
        }
    }

    /** The access of an identity that is in the TLS context alone. */
    public static Access of(String name, URI endpoint, SSLContext tls) {
        return new Access(name, endpoint, tls, null, Headers.NONE, Marks.NONE);
    }
}
