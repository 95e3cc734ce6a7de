package dev.pilothouse.server.kubelet.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files of one log: the present one, and those put aside with the time in their name. */
public final class LogFiles {

    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.nnnnnnnnn", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private LogFiles() {}

    /** Removes a log with all its files. */
    public static void delete(Path path) throws IOException {
        for (Path file : rotated(path)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }

    /** How many bytes a log holds with all its files; those that are going count or not. */
    public static long size(Path path) {
        try {
            long size = 0;
            for (Path file : rotated(path)) {
                size += Files.size(file);
            }
            return size + (Files.exists(path) ? Files.size(path) : 0);
        } catch (IOException _) {
            return 0;
        }
    }

    /** Where the present file goes when it is put aside. */
    static Path aside(Path path, Instant when) {
        Path aside = path.resolveSibling(path.getFileName() + "." + SUFFIX.format(when));
        return Files.exists(aside) ? aside(path, when.plusNanos(1)) : aside;
    }

    /** The files that were put aside, oldest first. */
    static List<Path> rotated(Path path) throws IOException {
        String prefix = path.getFileName() + ".";
        try (Stream<Path> files = Files.list(path.toAbsolutePath().getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
