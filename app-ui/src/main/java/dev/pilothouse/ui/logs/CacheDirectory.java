package dev.pilothouse.ui.logs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where lines are kept while they are shown: a directory per process in the user's cache, on a disk
 * and not in memory as temporary files often are.
 */
final class CacheDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);

    private CacheDirectory() {}

    /** This process's directory; those of processes that are no more are deleted. */
    static Path logs() {
        Path all = base().resolve("pilothouse").resolve("logs");
        long own = ProcessHandle.current().pid();
        try {
            Files.createDirectories(all);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(all)) {
                for (Path directory : left) {
                    String name = directory.getFileName().toString();
                    if (name.matches("[0-9]+") && !isAlive(Long.parseLong(name))) {
                        delete(directory);
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("Old files of logs stay behind", e);
        }
        return all.resolve(Long.toString(own));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static Path base() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String home = System.getProperty("user.home", ".");
        String cache = System.getenv(os.contains("win") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        if (cache != null && !cache.isEmpty()) {
            return Path.of(cache);
        }
        return os.contains("mac") ? Path.of(home, "Library", "Caches") : Path.of(home, ".cache");
    }
}
