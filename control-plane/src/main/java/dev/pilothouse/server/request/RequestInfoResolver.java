package dev.pilothouse.server.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request is about from its method, path and query. Source: apiserver
 * endpoints/request RequestInfoFactory. Paths without a version are understood when the {@link
 * VersionAlias} knows their resource. Thread-safe.
 */
public final class RequestInfoResolver {

    private static final Set<String> PATH_VERBS = Set.of("proxy", "watch");
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");
    private static final String NAMESPACES = "namespaces";

    private final VersionAlias alias;

    /** A resolver that asks {@code alias} for the version of paths without one. */
    public RequestInfoResolver(VersionAlias alias) {
        this.alias = alias;
    }

    /**
     * What the request is about.
     *
     * @param method HTTP method in upper case
     * @param path decoded path
     * @param query query parameters
     */
    public RequestInfo resolve(String method, String path, Parameters query) {
        List<String> parts = split(path);
        int groupParts = 0;
        if (parts.size() >= 3 && parts.getFirst().equals("api")) {
            groupParts = 1;
        } else if (parts.size() >= 3 && parts.getFirst().equals("apis")) {
            insertVersion(parts);
            groupParts = parts.size() >= 4 ? 2 : 0;
        }
        if (groupParts == 0) {
            return nonResource(method, path, parts);
        }
        String group = groupParts == 2 ? parts.get(1) : "";
        String version = parts.get(groupParts);
        return resource(
                method, path, query, parts.getFirst(), group, version, parts, groupParts + 1);
    }

    private void insertVersion(List<String> parts) {
        String segment = parts.get(2);
        boolean namespaced = segment.equals(NAMESPACES) && parts.size() >= 5;
        String resource = namespaced ? parts.get(4) : segment;
        String version = alias.versionFor(parts.get(1), segment, resource);
        if (version != null) {
            parts.add(2, version);
        }
    }

    private static RequestInfo nonResource(String method, String path, List<String> parts) {
        String first = parts.isEmpty() ? "" : parts.getFirst();
        boolean api = parts.size() >= 3 && first.equals("apis");
        return new RequestInfo(
                false,
                path,
                method.toLowerCase(Locale.ROOT),
                api ? first : "",
                "",
                "",
                "",
                "",
                "",
                "",
                List.of());
    }

    private static RequestInfo resource(
            String method,
            String path,
            Parameters query,
            String prefix,
            String group,
            String version,
            List<String> all,
            int start) {
        int from = start;
        String verb = verb(method);
        if (PATH_VERBS.contains(all.get(from)) && all.size() > from + 1) {
            verb = all.get(from++);
        }
        String namespace = "";
        if (all.get(from).equals(NAMESPACES) && all.size() > from + 1) {
            namespace = all.get(from + 1);
            if (all.size() > from + 2 && !NAMESPACE_SUBRESOURCES.contains(all.get(from + 2))) {
                from += 2;
            }
        }
        List<String> parts = all.subList(from, all.size());
        String subresource = parts.size() >= 3 && !verb.equals("proxy") ? parts.get(2) : "";
        String name = parts.size() >= 2 ? parts.get(1) : "";
        if (name.isEmpty() && verb.equals("get")) {
            verb = query.flag("watch") ? "watch" : "list";
            name = selectedName(query.text("fieldSelector"));
        } else if (name.isEmpty() && verb.equals("delete")) {
            verb = "deletecollection";
        }
        return new RequestInfo(
                true,
                path,
                verb,
                prefix,
                group,
                version,
                namespace,
                parts.getFirst(),
                subresource,
                name,
                parts);
    }

    private static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "GET", "HEAD" -> "get";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "";
        };
    }

    /** The name that a field selector demands, empty when it demands none that fits in a path. */
    private static String selectedName(String selector) {
        for (String term : terms(selector)) {
            String value = value(term, "metadata.name");
            if (value != null && isPathSegment(value)) {
                return value;
            }
        }
        return "";
    }

    private static @Nullable String value(String term, String field) {
        if (!term.startsWith(field + "=")) {
            return null;
        }
        String value = term.substring(field.length() + 1);
        return (value.startsWith("=") ? value.substring(1) : value).replaceAll("\\\\(.)", "$1");
    }

    private static boolean isPathSegment(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('%') < 0;
    }

    private static List<String> terms(String selector) {
        List<String> terms = new ArrayList<>();
        StringBuilder term = new StringBuilder();
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            if (c == '\\' && i + 1 < selector.length()) {
                term.append(c).append(selector.charAt(++i));
            } else if (c == ',') {
                terms.add(term.toString());
                term.setLength(0);
            } else {
                term.append(c);
            }
        }
        terms.add(term.toString());
        return terms;
    }

    /** Segments of a path without its leading and trailing slashes, as Kubernetes splits it. */
    private static List<String> split(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return start == end
                ? new ArrayList<>()
                : new ArrayList<>(List.of(path.substring(start, end).split("/", -1)));
    }
}
