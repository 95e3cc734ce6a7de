package dev.pilothouse.ui.kubeconfig;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that gives out credentials (client.authentication.k8s.io). Applications that are
 * started from a desktop often lack directories of the shell's PATH, so the usual ones are searched
 * too.
 */
final class ExecPlugin {

    /** Long, for it may open a browser in which somebody logs in. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final int MOST_SAID = 500;

    private static final List<String> USUAL =
            List.of(
                    "/usr/local/bin",
                    "/opt/homebrew/bin",
                    "/opt/local/bin",
                    "/snap/bin",
                    "~/bin",
                    "~/.local/bin",
                    "~/.krew/bin",
                    "~/go/bin",
                    "~/google-cloud-sdk/bin",
                    "/usr/lib/google-cloud-sdk/bin");

    private final ObjectNode exec;
    private final KubeContext context;

    /** What a context's user says of its plugin. */
    ExecPlugin(ObjectNode exec, KubeContext context) {
        this.exec = exec;
        this.context = context;
    }

    /**
     * Runs the program; blocks.
     *
     * @return the status of its ExecCredential
     * @throws IOException when it gives none; the message is a sentence for people
     */
    ObjectNode run() throws IOException, InterruptedException {
        String command = Json.text(exec, "command");
        List<String> line = new ArrayList<>(List.of(find(command)));
        exec.path("args").forEach(argument -> line.add(argument.asString("")));
        ProcessBuilder builder = new ProcessBuilder(line);
        Map<String, String> environment = builder.environment();
        for (ObjectNode variable : Json.objects(exec, "env")) {
            environment.put(Json.text(variable, "name"), Json.text(variable, "value"));
        }
        environment.put("KUBERNETES_EXEC_INFO", info().toString());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(missing(command), e);
        }
        process.getOutputStream().close();
        CompletableFuture<String> said = text(process.getInputStream());
        CompletableFuture<String> complained = text(process.getErrorStream());
        boolean ended = false;
        try {
            ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } finally {
            // Only one that still runs: ending it closes what has not been read yet.
            if (!ended) {
                process.destroy();
            }
        }
        if (!ended) {
            throw new IOException(Texts.text("exec.slow", command));
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    Texts.text(
                            "exec.failed",
                            command,
                            String.valueOf(process.exitValue()),
                            end(complained.join())));
        }
        try {
            ObjectNode status = Json.objectAt(Json.parse(said.join()), "status");
            if (status != null && (status.has("token") || status.has("clientCertificateData"))) {
                return status;
            }
        } catch (JacksonException e) {
            throw new IOException(Texts.text("exec.noCredential", command), e);
        }
        throw new IOException(Texts.text("exec.noCredential", command));
    }

    private ObjectNode info() {
        ObjectNode info = Json.object();
        info.put("apiVersion", Json.text(exec, "apiVersion"));
        info.put("kind", "ExecCredential");
        ObjectNode spec = info.putObject("spec");
        spec.put("interactive", false);
        if (exec.path("provideClusterInfo").asBoolean(false)) {
            ObjectNode cluster = spec.putObject("cluster");
            for (String key :
                    List.of(
                            "server",
                            "tls-server-name",
                            "insecure-skip-tls-verify",
                            "certificate-authority-data",
                            "proxy-url")) {
                if (context.cluster().has(key)) {
                    cluster.set(key, context.cluster().get(key));
                }
            }
        }
        return info;
    }

    /** The last words of a program, which say most. */
    private static String end(String said) {
        String words = said.strip();
        int more = words.length() - MOST_SAID;
        return more <= 0 ? words : "\u2026" + words.substring(more);
    }

    private String find(String command) {
        if (command.contains("/") || command.contains("\\")) {
            Path parent = context.file().toAbsolutePath().getParent();
            return parent == null ? command : parent.resolve(command).toString();
        }
        List<String> directories = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            directories.addAll(List.of(path.split(File.pathSeparator)));
        }
        directories.addAll(USUAL);
        String home = System.getProperty("user.home", "");
        for (String directory : directories) {
            if (directory.isBlank()) {
                continue;
            }
            Path file = Path.of(directory.replaceFirst("^~", home)).resolve(command);
            if (Files.isExecutable(file)) {
                return file.toString();
            }
        }
        return command;
    }

    private String missing(String command) {
        String hint = Json.text(exec, "installHint");
        return Texts.text("exec.missing", command) + (hint.isEmpty() ? "" : " " + hint.strip());
    }

    private static CompletableFuture<String> text(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("exec plugin")
                .start(() -> {
                    try (stream) {
                        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        text.complete("");
                    }
                });
        return text;
    }
}
