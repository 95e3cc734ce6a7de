package dev.pilothouse.server.http;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses long answers for clients on other machines; on loopback it costs far more than it
 * saves. Source: apiserver handlers/responsewriters (threshold and level).
 */
record Compression(boolean loopbackToo) {

    private static final int THRESHOLD_BYTES = 128 * 1024;

    boolean wanted(HttpServerExchange exchange, ApiRequest request, ApiResponse.Body body) {
        return acceptsGzip(request.headers().text("accept-encoding"))
                && body.length() > THRESHOLD_BYTES
                && (loopbackToo || !exchange.getSourceAddress().getAddress().isLoopbackAddress())
                && body.headers().stream()
                        .noneMatch(header -> header.getKey().equalsIgnoreCase("Content-Encoding"));
    }

    ApiResponse.Body compress(ApiResponse.Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) (body.length() / 6));
        try (GZIPOutputStream gzip = new FastGzip(out)) {
            for (byte[] segment : body.segments()) {
                gzip.write(segment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ApiResponse.Body(
                        body.status(),
                        body.headers(),
                        body.contentType(),
                        List.of(out.toByteArray()))
                .withHeader("Content-Encoding", "gzip")
                .withHeader("Vary", "Accept-Encoding");
    }

    private static boolean acceptsGzip(String header) {
        for (String part : header.split(",", -1)) {
            String[] pieces = part.split(";", 2);
            if (pieces[0].strip().equalsIgnoreCase("gzip")) {
                return pieces.length == 1 || !pieces[1].replace(" ", "").matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
