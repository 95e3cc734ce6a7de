package dev.pilothouse.server.kubeconfig;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds our context to the kubeconfig the user works with. Nothing else in it changes: the text is
 * edited in place, comments and all; only where its style does not allow that is it written anew.
 * The file as it was stays beside it with the suffix {@code .bak}.
 */
public final class KubeconfigMerger {

    private KubeconfigMerger() {}

    /** The file kubectl would change: the first of $KUBECONFIG, else {@code ~/.kube/config}. */
    public static Path userFile(Map<String, String> environment) {
        for (String entry : environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator)) {
            if (!entry.isBlank()) {
                return Path.of(entry).toAbsolutePath();
            }
        }
        return Path.of(System.getProperty("user.home", ".")).resolve(".kube/config");
    }

    /**
     * Adds or updates cluster, user and context.
     *
     * @param own a file written by {@link KubeconfigFile#write}
     * @param user the file to change; made when missing
     * @return the name of the context: {@code pilothouse}, or {@code pilothouse-2} and so on when
     *     another cluster has that name there
     * @throws IOException when the file is not a kubeconfig, is locked or cannot be written; it is
     *     then unchanged
     */
    public static String merge(Path own, Path user) throws IOException {
        Path directory = user.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        // The lock kubectl itself takes when it changes a kubeconfig (client-go, clientcmd).
        Path lock = user.resolveSibling(user.getFileName() + ".lock");
        try {
            Files.createFile(lock);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    user + " is locked by another program; delete " + lock + " if none runs.", e);
        }
        try {
            return mergeLocked(own, user);
        } finally {
            Files.deleteIfExists(lock);
        }
    }

    private static String mergeLocked(Path own, Path user) throws IOException {
        KubeconfigEntries entries = KubeconfigEntries.read(own, Files.readString(own));
        String before = Files.exists(user) ? Files.readString(user) : "";
        ObjectNode present = KubeconfigYaml.parse(user, before);
        var wanted = MergedConfig.of(present, entries, own.toAbsolutePath().getParent());
        if (wanted.root().equals(present)) {
            return wanted.context();
        }
        String after =
                present.isEmpty()
                        ? before + KubeconfigYaml.write(wanted.root())
                        : new KubeconfigText(before).become(wanted.root());
        if (!says(user, after, wanted.root())) {
            if (KubeconfigYaml.hasAnchors(before)) {
                throw new IOException(
                        user + " uses YAML anchors in a way that cannot be edited safely.");
            }
            after = KubeconfigYaml.write(wanted.root());
        }
        if (!before.isEmpty()) {
            backUp(user);
        }
        AtomicFile.replace(user, after);
        return wanted.context();
    }

    /** Whether an edited text means exactly what is wanted. */
    private static boolean says(Path file, String text, ObjectNode wanted) {
        try {
            return KubeconfigYaml.parse(file, text).equals(wanted);
        } catch (IOException e) {
            return false;
        }
    }

    private static void backUp(Path user) throws IOException {
        AtomicFile.replace(
                user.resolveSibling(user.getFileName() + ".bak"), Files.readString(user));
    }
}
