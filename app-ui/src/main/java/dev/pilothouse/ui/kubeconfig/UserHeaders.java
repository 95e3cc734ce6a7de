package dev.pilothouse.ui.kubeconfig;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Access;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The headers of a context's user: token or password, and whom it acts as. Thread-safe. */
final class UserHeaders implements Access.Headers {

    private final ObjectNode user;
    private final @Nullable ExecPlugin plugin;
    private @Nullable ObjectNode credential;

    UserHeaders(KubeContext context) {
        this.user = context.user();
        ObjectNode exec = Json.objectAt(user, "exec");
        this.plugin = exec == null ? null : new ExecPlugin(exec, context);
    }

    /** What the plugin has given out, null without a plugin; asks it when there is nothing yet. */
    synchronized @Nullable ObjectNode credential() throws IOException, InterruptedException {
        if (plugin != null && (credential == null || isExpired(credential))) {
            credential = plugin.run();
        }
        return credential;
    }

    private static boolean isExpired(ObjectNode credential) {
        String end = Json.text(credential, "expirationTimestamp");
        try {
            return !end.isEmpty() && Instant.parse(end).isBefore(Instant.now());
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    @Override
    public Map<String, List<String>> get(boolean refresh) throws IOException, InterruptedException {
        if (refresh) {
            synchronized (this) {
                credential = null;
            }
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        String token = token();
        if (!token.isEmpty()) {
            headers.put("Authorization", List.of("Bearer " + token));
        } else if (!Json.text(user, "username").isEmpty()) {
            String both = Json.text(user, "username") + ":" + Json.text(user, "password");
            headers.put(
                    "Authorization",
                    List.of(
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    both.getBytes(StandardCharsets.UTF_8))));
        }
        impersonate(headers);
        return headers;
    }

    /** The plugin's token, or the file's, which may have been renewed, or the one written down. */
    private String token() throws IOException, InterruptedException {
        ObjectNode given = credential();
        if (given != null) {
            return Json.text(given, "token");
        }
        String file = Json.text(user, "tokenFile");
        return file.isEmpty() ? Json.text(user, "token") : Files.readString(Path.of(file)).strip();
    }

    private void impersonate(Map<String, List<String>> headers) {
        String as = Json.text(user, "as");
        if (as.isEmpty()) {
            return;
        }
        headers.put("Impersonate-User", List.of(as));
        if (!Json.text(user, "as-uid").isEmpty()) {
            headers.put("Impersonate-Uid", List.of(Json.text(user, "as-uid")));
        }
        List<String> groups = new ArrayList<>();
        user.path("as-groups").forEach(group -> groups.add(group.asString("")));
        if (!groups.isEmpty()) {
            headers.put("Impersonate-Group", groups);
        }
        user.path("as-user-extra")
                .properties()
                .forEach(entry -> {
                    List<String> values = new ArrayList<>();
                    entry.getValue().forEach(value -> values.add(value.asString("")));
                    headers.put(
                            "Impersonate-Extra-"
                                    + URLEncoder.encode(entry.getKey(), StandardCharsets.UTF_8),
                            values);
                });
    }
}
