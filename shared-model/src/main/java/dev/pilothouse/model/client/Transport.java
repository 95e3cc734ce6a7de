package dev.pilothouse.model.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries requests to an API server. Thread-safe; calls block and belong on virtual threads. */
public interface Transport {

    /** Sends a request and returns the whole answer, whatever its status. */
    Response send(Request request) throws IOException;

    /** Sends a request whose answer is a stream of lines; the caller closes it. */
    LineStream open(Request request) throws IOException;

    /**
     * A request. The body must not be written.
     *
     * @param method HTTP method in upper case
     * @param path decoded path
     * @param query query parameters, decoded
     * @param headers headers, names in lower case
     * @param body the body, empty for none
     */
    record Request(
            String method,
            String path,
            Map<String, List<String>> query,
            Map<String, String> headers,
            byte[] body) {}

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param headers first value of each header, names in lower case
     * @param body the body
     */
    record Response(int status, Map<String, String> headers, byte[] body) {}

    /**
     * An answer that comes line by line. One thread reads; any thread may close, which ends the
     * reading.
     */
    interface LineStream extends AutoCloseable {

        /** HTTP status. */
        int status();

        /** First value of each header, names in lower case. */
        Map<String, String> headers();

        /**
         * Waits for the next line and returns it without its line feed, or null at the end or when
         * closed.
         */
        byte @Nullable [] next() throws IOException;

        @Override
        void close();
    }
}
