package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.request.ApiResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a kubelet shows below {@code /logs/}. Of a real node that is {@code /var/log};
 * here it is what the node has written itself: the logs of its pods in {@code pods}. Source:
 * pkg/kubelet/server and Go's http.FileServer, whose pages these look like.
 */
final class NodeLogFiles {

    private static final String PODS = "pods";

    private NodeLogFiles() {}

    /**
     * A file or the names in a directory; null when there is none.
     *
     * @param root where the logs of pods are, or null when the node has no files
     * @param path behind {@code /logs/}
     */
    static @Nullable ApiResponse answer(@Nullable Path root, List<String> path) {
        if (root == null) {
            return null;
        }
        if (path.isEmpty()) {
            return page(Stream.of(PODS + "/"));
        }
        Path found = path.getFirst().equals(PODS) ? find(root, path) : null;
        try {
            if (found == null) {
                return null;
            }
            if (Files.isDirectory(found)) {
                return page(names(found));
            }
            return AgentBody.answer("text/plain; charset=utf-8", out -> Files.copy(found, out));
        } catch (IOException e) {
            throw ApiException.internal("logs cannot be read: " + e.getMessage(), e);
        }
    }

    /** Links and dots must not lead out of the directory. */
    private static @Nullable Path find(Path root, List<String> path) {
        try {
            Path top = root.toRealPath();
            Path found = top;
            for (String part : path.subList(1, path.size())) {
                found = found.resolve(part);
            }
            Path real = found.toRealPath();
            return real.startsWith(top) ? real : null;
        } catch (IOException | InvalidPathException _) {
            return null;
        }
    }

    private static Stream<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static ApiResponse page(Stream<String> names) {
        StringBuilder page =
                new StringBuilder(
                        "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n");
        names.forEach(name -> {
            String link = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/");
            String text = name.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&#34;");
            page.append("<a href=\"").append(link).append("\">").append(text).append("</a>\n");
        });
        page.append("</pre>\n");
        return ApiResponse.Body.of(
                200, "text/html; charset=utf-8", page.toString().getBytes(StandardCharsets.UTF_8));
    }
}
