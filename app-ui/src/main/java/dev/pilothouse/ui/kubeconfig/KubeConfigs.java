package dev.pilothouse.ui.kubeconfig;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.ui.i18n.Texts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads kubeconfig files as kubectl merges them: of things of one name the first counts. A broken
 * file is told and does not hide the others.
 *
 * @param contexts in the order of the files
 * @param problems sentences about files that cannot be read
 */
public record KubeConfigs(List<KubeContext> contexts, List<String> problems) {

    /** What decoders say first; that it is YAML, the sentence says. */
    private static final String WORDS = "^error converting YAML to JSON: (yaml: )?";

    /** Copies the lists. */
    public KubeConfigs {
        contexts = List.copyOf(contexts);
        problems = List.copyOf(problems);
    }

    /**
     * The files of a user: those of the variable KUBECONFIG, or else the usual one.
     *
     * @param variable the value of KUBECONFIG, empty when it is not set
     */
    public static List<Path> files(String variable, Path home) {
        if (variable.isEmpty()) {
            return List.of(home.resolve(".kube").resolve("config"));
        }
        List<Path> files = new ArrayList<>();
        for (String file : variable.split(File.pathSeparator)) {
            if (!file.isBlank()) {
                files.add(Path.of(file));
            }
        }
        return files;
    }

    /** Reads files; those that do not exist are passed over, as kubectl does. Blocks. */
    public static KubeConfigs read(List<Path> files) {
        Map<String, Entry> clusters = new LinkedHashMap<>();
        Map<String, Entry> users = new LinkedHashMap<>();
        Map<String, Entry> contexts = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files) {
            if (!Files.exists(file)) {
                continue;
            }
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                problems.add(Texts.text("kubeconfig.unreadableConfig", file));
                continue;
            }
            try {
                ObjectNode config = ObjectDecoder.decodeYaml(Files.readAllBytes(file)).object();
                collect(clusters, config, "clusters", "cluster", file);
                collect(users, config, "users", "user", file);
                collect(contexts, config, "contexts", "context", file);
            } catch (IOException e) {
                problems.add(Texts.text("kubeconfig.unreadableConfig", file));
            } catch (ApiException e) {
                String why = String.valueOf(e.getMessage());
                problems.add(
                        why.contains("cannot unmarshal")
                                ? Texts.text("kubeconfig.noConfig", file)
                                : Texts.text(
                                        "kubeconfig.notYaml", file, why.replaceFirst(WORDS, "")));
            }
        }
        List<KubeContext> found = new ArrayList<>();
        contexts.forEach((name, entry) -> {
            String clusterName = Json.text(entry.value, "cluster");
            String userName = Json.text(entry.value, "user");
            Entry cluster = clusters.get(clusterName);
            Entry user = users.get(userName);
            if (cluster == null) {
                problems.add(Texts.text("kubeconfig.noCluster", entry.file, name, clusterName));
                return;
            }
            if (user == null && !userName.isEmpty()) {
                problems.add(Texts.text("kubeconfig.noUser", entry.file, name, userName));
                return;
            }
            found.add(
                    new KubeContext(
                            name,
                            entry.file,
                            Json.text(entry.value, "namespace"),
                            cluster.resolved(),
                            user == null ? Json.object() : user.resolved(),
                            userName,
                            user == null ? entry.file : user.file,
                            files));
        });
        return new KubeConfigs(found, problems);
    }

    private static void collect(
            Map<String, Entry> to, ObjectNode config, String list, String item, Path file) {
        for (ObjectNode named : Json.objects(config, list)) {
            ObjectNode value = Json.objectAt(named, item);
            to.putIfAbsent(
                    Json.text(named, "name"),
                    new Entry(file, value == null ? Json.object() : value));
        }
    }

    private record Entry(Path file, ObjectNode value) {

        private static final Set<String> PATHS =
                new HashSet<>(
                        List.of(
                                "certificate-authority",
                                "client-certificate",
                                "client-key",
                                "tokenFile"));

        /** With paths of files made absolute. */
        ObjectNode resolved() {
            ObjectNode copy = value.deepCopy();
            Path parent = file.toAbsolutePath().getParent();
            for (String key : PATHS) {
                String path = Json.text(copy, key);
                if (!path.isEmpty() && parent != null) {
                    copy.put(key, parent.resolve(path).toString());
                }
            }
            return copy;
        }
    }
}
