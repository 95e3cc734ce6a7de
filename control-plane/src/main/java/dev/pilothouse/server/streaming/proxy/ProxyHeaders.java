package dev.pilothouse.server.streaming.proxy;

import dev.pilothouse.server.request.ApiRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of headers on the way. Source: Go's httputil.ReverseProxy and apimachinery
 * util/proxy transport.go.
 */
final class ProxyHeaders {

    /** Are between two neighbours only. */
    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "proxy-connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    /** Are for this server only, or are set anew. */
    private static final Set<String> OWN =
            Set.of(
                    "authorization",
                    "host",
                    "content-length",
                    "expect",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-proto",
                    "x-forwarded-uri");

    private ProxyHeaders() {}

    /** The headers that the backend gets. */
    static List<Map.Entry<String, String>> forBackend(ApiRequest request, Backend backend) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Host", backend.authority()));
        Set<String> dropped = new HashSet<>(HOP_BY_HOP);
        dropped.addAll(OWN);
        dropped.addAll(named(request.headers().all("connection")));
        request.headers()
                .asMap()
                .forEach((name, values) -> {
                    if (!dropped.contains(name) && !name.startsWith("impersonate-")) {
                        values.forEach(value -> headers.add(Map.entry(name, value)));
                    }
                });
        if (request.body().length > 0 || expectsLength(request.method())) {
            headers.add(Map.entry("Content-Length", String.valueOf(request.body().length)));
        }
        String upgrade = request.headers().text("upgrade");
        if (!upgrade.isEmpty() && named(request.headers().all("connection")).contains("upgrade")) {
            headers.add(Map.entry("Connection", "Upgrade"));
            headers.add(Map.entry("Upgrade", upgrade));
        } else {
            headers.add(Map.entry("Connection", "close"));
        }
        String before = request.headers().text("x-forwarded-for");
        headers.add(
                Map.entry(
                        "X-Forwarded-For",
                        before.isEmpty()
                                ? request.peerAddress()
                                : before + ", " + request.peerAddress()));
        headers.add(Map.entry("X-Forwarded-Host", request.headers().text("host")));
        headers.add(Map.entry("X-Forwarded-Proto", "https"));
        headers.add(Map.entry("X-Forwarded-Uri", request.path()));
        return headers;
    }

    private static boolean expectsLength(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** The headers that the client gets; Content-Type goes apart. */
    static List<Map.Entry<String, String>> forClient(
            ResponseHead head, Backend backend, String prefix) {
        List<String> connection = new ArrayList<>();
        for (Map.Entry<String, String> header : head.headers()) {
            if (header.getKey().equalsIgnoreCase("connection")) {
                connection.add(header.getValue());
            }
        }
        Set<String> dropped = named(connection);
        dropped.addAll(HOP_BY_HOP);
        dropped.add("content-type");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : head.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("location")) {
                headers.add(
                        Map.entry(header.getKey(), location(header.getValue(), backend, prefix)));
            } else if (!dropped.contains(name) && !name.startsWith("access-control-")) {
                headers.add(header);
            }
        }
        return headers;
    }

    /** A place on the backend as a place here; other places stay as they are. */
    private static String location(String location, Backend backend, String prefix) {
        for (String scheme : new String[] {"http://", "https://", "//"}) {
            String origin = scheme + backend.authority();
            if (location.startsWith(origin)) {
                String path = location.substring(origin.length());
                return prefix + (path.startsWith("/") ? path : "/" + path);
            }
        }
        return location.startsWith("/") && !location.startsWith("//")
                ? prefix + location
                : location;
    }

    private static Set<String> named(List<String> connection) {
        Set<String> names = new HashSet<>();
        for (String line : connection) {
            for (String name : line.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
