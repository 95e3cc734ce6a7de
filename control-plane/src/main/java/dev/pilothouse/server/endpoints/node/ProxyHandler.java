package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.streaming.proxy.Backend;
import dev.pilothouse.server.streaming.proxy.HttpProxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Passes requests on to pods and services. Source: registry/core/pod/rest/subresources.go
 * ProxyREST.
 *
 * @param finder finds the backend by namespace and the name in the path
 */
record ProxyHandler(Finder finder) implements SubresourceHandler {

    /** Finds a backend. */
    @FunctionalInterface
    interface Finder {
        /** The backend of a name like {@code https:name:port}. */
        Backend find(String namespace, String id);
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        ApiRequest request = call.request();
        List<String> parts = call.info().parts();
        String tail = "/" + String.join("/", parts.subList(3, parts.size()));
        boolean slash = request.path().endsWith("/");
        String path = tail.length() > 1 && slash ? tail + "/" : tail;
        String here = escape(request.path());
        String query = query(request);
        if (parts.size() == 3 && !slash) {
            // Relative links of the backend's pages start from a directory.
            return ApiResponse.Body.of(301, "", new byte[0])
                    .withHeader("Location", here + "/" + query);
        }
        String prefix = here.substring(0, here.length() - escape(path).length());
        Backend backend = finder.find(call.namespace(), call.name());
        return new HttpProxy(backend, escape(path) + query, prefix).pass(request);
    }

    private static String query(ApiRequest request) {
        List<String> pairs = new ArrayList<>();
        request.query()
                .asMap()
                .forEach((name, values) ->
                        values.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String escape(String path) {
        return Stream.of(path.split("/", -1))
                .map(ProxyHandler::encode)
                .map(part -> part.replace("+", "%20").replace("%3A", ":"))
                .collect(Collectors.joining("/"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
