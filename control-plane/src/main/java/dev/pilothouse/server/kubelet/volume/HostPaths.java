package dev.pilothouse.server.kubelet.volume;

import dev.pilothouse.server.kubelet.env.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Volumes of kind hostPath. Source: pkg/volume/hostpath. */
final class HostPaths {

    private HostPaths() {}

    /** Makes sure that what is at a path is what is asked for. */
    static Path check(Path path, String type) throws IOException {
        switch (type) {
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                }
                require(Files.isDirectory(path), path, "a directory");
            }
            case "Directory" -> require(Files.isDirectory(path), path, "a directory");
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                }
                require(Files.isRegularFile(path), path, "a file");
            }
            case "File" -> require(Files.isRegularFile(path), path, "a file");
            case "Socket" -> require(special(path), path, "a socket file");
            case "CharDevice" -> require(special(path), path, "a character device");
            case "BlockDevice" -> require(special(path), path, "a block device");
            default -> {
                // Anything, even what is not there yet, which is then made as a directory.
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                }
            }
        }
        return path;
    }

    private static boolean special(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    private static void require(boolean holds, Path path, String what) {
        if (!holds) {
            throw new ConfigException("hostPath type check failed: " + path + " is not " + what);
        }
    }
}
