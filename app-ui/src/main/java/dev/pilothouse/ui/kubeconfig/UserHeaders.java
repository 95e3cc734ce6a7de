package dev.pilothouse.ui.kubeconfig;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The identity of a context's user: token or password, certificate, and whom it acts as. When the
 * server refuses it, the kubeconfig is read again and the exec plugin is run again. Thread-safe.
 */
final class UserHeaders implements Access.Headers {

    /** Many views are refused at once; a plugin that had nothing new is not asked for each. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Certificates certificates = new Certificates();
    private KubeContext context;
    private @Nullable ExecPlugin plugin;
    private @Nullable ObjectNode credential;
    private @Nullable IOException failure;
    private boolean unchanged;
    private long asked;
    private volatile @Nullable SSLContext tls;

    UserHeaders(KubeContext context) {
        this.context = context;
        this.plugin = plugin(context);
    }

    private static @Nullable ExecPlugin plugin(KubeContext context) {
        ObjectNode exec = Json.objectAt(context.user(), "exec");
        return exec == null ? null : new ExecPlugin(exec, context);
    }

    /** Reads certificates, and runs the plugin, for the first time. */
    synchronized SSLContext start() throws IOException, InterruptedException {
        SSLContext first = certificates.read(context, credential());
        tls = first;
        return first;
    }

    /** What the plugin has given out, null without a plugin; asks it when there is nothing yet. */
    private @Nullable ObjectNode credential() throws IOException, InterruptedException {
        ExecPlugin program = plugin;
        ObjectNode before = credential;
        if (program == null || (before != null && !isExpired(before))) {
            return before;
        }
        IOException failed = failure;
        if (failed != null && !isPaused()) {
            failed = null;
        }
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
        try {
            credential = program.run();
            failure = null;
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            asked = System.nanoTime();
        }
        return credential;
    }

    private boolean isPaused() {
        return System.nanoTime() - asked < PAUSE.toNanos();
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
    public synchronized Map<String, List<String>> get() throws IOException, InterruptedException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        String token = token();
        ObjectNode user = context.user();
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
        impersonate(headers, user);
        return headers;
    }

    @Override
    public synchronized Map<String, List<String>> renewed(Map<String, List<String>> refused)
            throws IOException, InterruptedException {
        if (credential != null && !get().equals(refused)) {
            // Another view has been refused before and has asked already.
            return get();
        }
        KubeContext now = context.reread();
        if (!now.equals(context)) {
            context = now;
            plugin = plugin(now);
            credential = null;
            failure = null;
            unchanged = false;
        }
        ObjectNode before = credential;
        if (before != null && !(unchanged && isPaused())) {
            credential = null;
            unchanged = before.equals(credential());
        }
        tls = certificates.read(context, credential());
        return get();
    }

    @Override
    public @Nullable SSLContext tls() {
        return tls;
    }

    @Override
    public synchronized String renewal() {
        Instant end = certificates.end();
        ObjectNode user = context.user();
        if (plugin != null) {
            return Texts.text("exec.renew", Json.text(user, "exec", "command"));
        }
        if (end != null && end.isBefore(Instant.now())) {
            return Texts.text(
                    "kubeconfig.expired", context.userName(), context.userFile(), end.toString());
        }
        String file = Json.text(user, "tokenFile");
        return Texts.text(
                "kubeconfig.renew",
                context.userName(),
                file.isEmpty() ? context.userFile().toString() : file);
    }

    /** The plugin's token, or the file's, which may have been renewed, or the one written down. */
    private String token() throws IOException, InterruptedException {
        ObjectNode given = credential();
        if (given != null) {
            return Json.text(given, "token");
        }
        ObjectNode user = context.user();
        String file = Json.text(user, "tokenFile");
        String token =
                file.isEmpty()
                        ? Json.text(user, "token")
                        : new String(
                                Certificates.readFile(file, context.userFile(), "tokenFile"),
                                StandardCharsets.UTF_8);
        String stripped = token.strip();
        if (stripped.chars().anyMatch(letter -> letter < ' ' || letter > '~')) {
            throw new IOException(
                    Texts.text("kubeconfig.token", context.userName(), context.userFile()));
        }
        return stripped;
    }

    private static void impersonate(Map<String, List<String>> headers, ObjectNode user) {
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
