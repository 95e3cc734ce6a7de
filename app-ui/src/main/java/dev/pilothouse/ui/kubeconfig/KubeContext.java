package dev.pilothouse.ui.kubeconfig;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A context of a kubeconfig file, with the cluster and the user that it names.
 *
 * @param name of the context
 * @param file it stands in; relative paths of the file are relative to its directory
 * @param namespace that it prefers, empty for none
 * @param cluster the cluster's settings
 * @param user the user's settings
 * @param userName the user's name
 * @param userFile the file that the user stands in
 * @param sources all files that were read, the first of which counts most
 */
public record KubeContext(
        String name,
        Path file,
        String namespace,
        ObjectNode cluster,
        ObjectNode user,
        String userName,
        Path userFile,
        List<Path> sources) {

    /** Copies the list. */
    public KubeContext {
        sources = List.copyOf(sources);
    }

    /** Where its server is, as the file says; may be empty or wrong. */
    public String server() {
        return cluster.path("server").asString("");
    }

    /** The context as its files say now; as it was when they say nothing of it. Blocks. */
    KubeContext reread() {
        return KubeConfigs.read(sources).contexts().stream()
                .filter(context -> context.name().equals(name))
                .findFirst()
                .orElse(this);
    }
}
