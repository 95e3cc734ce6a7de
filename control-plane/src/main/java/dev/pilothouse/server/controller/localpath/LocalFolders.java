package dev.pilothouse.server.controller.localpath;

import dev.pilothouse.server.controller.objects.NamespacedName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The folders that are volumes, all below one. Thread-safe. */
final class LocalFolders {

    private final Path root;

    LocalFolders(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The folder for a claim. */
    Path of(NamespacedName claim, String uid) {
        return root.resolve(claim.namespace() + "-" + claim.name() + "-" + uid);
    }

    /** Makes a folder, unless it is there. */
    void make(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    /**
     * Deletes a folder with all that is in it; links are not followed.
     *
     * @throws IOException also when it is not one of ours, which a changed volume might say
     */
    void delete(String path) throws IOException {
        Path folder = Path.of(path).toAbsolutePath().normalize();
        if (!root.equals(folder.getParent())) {
            throw new IOException(path + " is not a folder of this provisioner");
        }
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(folder, new Deleting());
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
