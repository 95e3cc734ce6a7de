package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** URLs and their parts. */
@SuppressWarnings("Immutable") // What the functions hold never changes.
final class UrlFunctions {

    private static final OpaqueType URL = OpaqueType.create("kubernetes.URL");
    private static final CelType QUERY =
            MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING));

    private UrlFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.global("url", URL, SimpleType.STRING, String.class, UrlFunctions::url),
                Function.global(
                        "isURL",
                        SimpleType.BOOL,
                        SimpleType.STRING,
                        String.class,
                        text -> parse(text) != null),
                part("getScheme", url -> text(url.getScheme())),
                part("getHost", UrlFunctions::host),
                part("getHostname", url -> hostname(host(url))),
                part("getPort", url -> port(host(url))),
                part("getEscapedPath", url -> text(url.getRawPath())),
                Function.member("getQuery", QUERY, URL, URI.class, UrlFunctions::query));
    }

    private static Function part(String name, java.util.function.Function<URI, String> part) {
        return Function.member(name, SimpleType.STRING, URL, URI.class, part::apply);
    }

    private static URI url(String text) {
        URI url = parse(text);
        if (url == null) {
            throw new IllegalArgumentException(
                    "URL parse error during conversion from string: parse \""
                            + text
                            + "\": invalid URI for request");
        }
        return url;
    }

    /** An absolute URL or an absolute path, or null. */
    private static @Nullable URI parse(String text) {
        try {
            URI url = new URI(text);
            return url.isAbsolute() || text.startsWith("/") ? url : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static String host(URI url) {
        String authority = text(url.getRawAuthority());
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static int colon(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? colon : -1;
    }

    private static String hostname(String host) {
        String name = colon(host) < 0 ? host : host.substring(0, colon(host));
        return name.startsWith("[") && name.endsWith("]")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    private static String port(String host) {
        return colon(host) < 0 ? "" : host.substring(colon(host) + 1);
    }

    private static Map<String, List<String>> query(URI url) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        String raw = text(url.getRawQuery());
        if (raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
