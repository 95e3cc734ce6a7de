package dev.pilothouse.ui.requests;

import dev.pilothouse.ui.cluster.SentRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A request as a line for a shell, so that another client can send it. */
final class AsCommand {

    private AsCommand() {}

    /**
     * For curl; the identity comes from the variables CA, CERT and KEY, which name files.
     *
     * @param endpoint of the server
     */
    static String curl(SentRequest request, URI endpoint) {
        StringBuilder line = new StringBuilder("curl --fail-with-body");
        line.append(" --cacert \"$CA\" --cert \"$CERT\" --key \"$KEY\"");
        if (!request.method().equals("GET")) {
            line.append(" -X ").append(request.method());
        }
        if (!request.accept().isEmpty()) {
            line.append(" -H ").append(quoted("Accept: " + request.accept()));
        }
        if (!request.contentType().isEmpty()) {
            line.append(" -H ").append(quoted("Content-Type: " + request.contentType()));
        }
        if (!request.body().isEmpty()) {
            line.append(" --data-raw ").append(quoted(request.body()));
        }
        return line.append(' ')
                .append(quoted(endpoint.resolve(request.path()).toString()))
                .toString();
    }

    /** For kubectl: by the path itself, or as a patch, for which it has no such form. */
    static String kubectl(SentRequest request) {
        String path = quoted(request.path());
        return switch (request.method()) {
            case "GET" -> "kubectl get --raw " + path;
            case "DELETE" ->
                    "kubectl delete --raw "
                            + path
                            + (request.body().isEmpty()
                                    ? ""
                                    : " -f - <<< " + quoted(request.body()));
            case "PATCH" -> patch(request);
            case "PUT" -> "kubectl replace --raw " + path + " -f - <<< " + quoted(request.body());
            default -> "kubectl create --raw " + path + " -f - <<< " + quoted(request.body());
        };
    }

    private static String patch(SentRequest request) {
        String plain = request.path().replaceAll("\\?.*", "");
        List<String> parts = Arrays.asList(plain.substring(1).split("/"));
        boolean core = parts.getFirst().equals("api");
        String group = core ? "" : parts.get(1);
        String version = parts.get(core ? 1 : 2);
        List<String> rest = parts.subList(core ? 2 : 3, parts.size());
        String namespace = "";
        if (rest.size() > 3 && rest.getFirst().equals("namespaces")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        String resource =
                group.isEmpty() ? rest.getFirst() : rest.getFirst() + "." + version + "." + group;
        return "kubectl patch "
                + resource
                + " "
                + rest.get(1)
                + (namespace.isEmpty() ? "" : " -n " + namespace)
                + (rest.size() > 2 ? " --subresource=" + rest.get(2) : "")
                + " --type="
                + type(request.contentType())
                + " -p "
                + quoted(request.body());
    }

    /** The names that kubectl has for the forms of patches. */
    private static String type(String contentType) {
        return switch (contentType.toLowerCase(Locale.ROOT)) {
            case "application/json-patch+json" -> "json";
            case "application/merge-patch+json" -> "merge";
            default -> "strategic";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
