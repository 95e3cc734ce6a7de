package dev.pilothouse.server.request;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The answer to a request. */
public sealed interface ApiResponse {

    /** HTTP status code. */
    int status();

    /**
     * Headers beside Content-Type and Content-Length: name and value pairs in order, names may
     * repeat.
     */
    List<Map.Entry<String, String>> headers();

    /** The same answer with one header more. */
    ApiResponse withHeader(String name, String value);

    /**
     * A whole body, sent with Content-Length.
     *
     * @param contentType value of Content-Type, empty for none
     * @param segments the body in pieces, which may be shared and must not be written
     */
    record Body(
            int status,
            List<Map.Entry<String, String>> headers,
            String contentType,
            List<byte[]> segments)
            implements ApiResponse {

        /** An answer in one piece without further headers. */
        public static Body of(int status, String contentType, byte[] content) {
            return new Body(status, List.of(), contentType, List.of(content));
        }

        /** Length of the body in bytes. */
        public long length() {
            long length = 0;
            for (byte[] segment : segments) {
                length += segment.length;
            }
            return length;
        }

        @Override
        public Body withHeader(String name, String value) {
            return new Body(status, plus(headers, name, value), contentType, segments);
        }
    }

    /**
     * Watch events, sent chunked in HTTP/1.1, as data frames in HTTP/2, or as WebSocket messages
     * when the request asks for an upgrade; each poll of the source is flushed.
     *
     * @param contentType value of Content-Type
     * @param source where the events come from; the transport closes it
     */
    record EventStream(
            int status,
            List<Map.Entry<String, String>> headers,
            String contentType,
            EventSource source)
            implements ApiResponse {

        @Override
        public EventStream withHeader(String name, String value) {
            return new EventStream(status, plus(headers, name, value), contentType, source);
        }
    }

    /**
     * A body of unknown length, written on a virtual thread, such as a followed log or a backup.
     *
     * @param contentType value of Content-Type
     * @param writer writes it; what it flushes goes out at once
     */
    record ByteStream(
            int status,
            List<Map.Entry<String, String>> headers,
            String contentType,
            StreamWriter writer)
            implements ApiResponse {

        @Override
        public ByteStream withHeader(String name, String value) {
            return new ByteStream(status, plus(headers, name, value), contentType, writer);
        }
    }

    /**
     * The connection changes its protocol. Only HTTP/1.1 can do so; on other transports the answer
     * is a refusal instead.
     *
     * @param headers headers beside Upgrade and Connection
     * @param protocol value of Upgrade, {@code websocket} or {@code SPDY/3.1}
     * @param handler what happens on the connection; exactly one of its methods is called
     */
    record Upgrade(List<Map.Entry<String, String>> headers, String protocol, UpgradeHandler handler)
            implements ApiResponse {

        @Override
        public int status() {
            return 101;
        }

        @Override
        public Upgrade withHeader(String name, String value) {
            return new Upgrade(plus(headers, name, value), protocol, handler);
        }
    }

    /** Writes a streamed body. */
    @FunctionalInterface
    interface StreamWriter {
        /**
         * Writes all of it; an IOException means that the client has gone. The output is a {@link
         * ClientOutput} where the transport can tell more of the client.
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private static List<Map.Entry<String, String>> plus(
            List<Map.Entry<String, String>> headers, String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return List.copyOf(more);
    }
}
