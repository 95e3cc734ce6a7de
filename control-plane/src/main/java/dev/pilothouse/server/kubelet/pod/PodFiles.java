package dev.pilothouse.server.kubelet.pod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes the files of pods. */
final class PodFiles {

    private PodFiles() {}

    static void delete(PodDirectory directory) throws IOException {
        for (Path tree : List.of(directory.root(), directory.logs())) {
            deleteTree(tree);
        }
    }

    /** Links are deleted, not followed. */
    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
