package dev.pilothouse.server.kubelet.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes files that programs read while they change: all of them change at one moment, because what
 * programs see are links through {@code ..data}, which is moved to a new directory in one step. The
 * layout is Kubernetes' own, which programs know. Used by one thread at a time.
 *
 * <p>Source: pkg/volume/util/atomic_writer.go.
 */
public final class AtomicWriter {

    private static final String DATA = "..data";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("'..'yyyy_MM_dd_HH_mm_ss.nnnnnnnnn", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path directory;
    private final InstantSource clock;

    /** One file to be written. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(byte[] bytes, int mode) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Content that
                    && mode == that.mode
                    && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(bytes) + mode;
        }
    }

    /** A writer into a directory, which is made when it is missing. */
    public AtomicWriter(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Makes the directory hold these files, by relative path; returns whether anything changed. */
    public boolean write(Map<String, Content> payload) throws IOException {
        Files.createDirectories(directory);
        Path data = directory.resolve(DATA);
        Path old =
                Files.isSymbolicLink(data) ? directory.resolve(Files.readSymbolicLink(data)) : null;
        if (old != null && read(old).equals(payload)) {
            return false;
        }
        Path fresh = freshDirectory();
        for (Map.Entry<String, Content> file : payload.entrySet()) {
            Path at = fresh.resolve(file.getKey());
            Files.createDirectories(at.getParent());
            Files.write(at, file.getValue().bytes());
            setMode(at, file.getValue().mode());
        }
        Path swap = directory.resolve("..data_tmp");
        Files.deleteIfExists(swap);
        Files.createSymbolicLink(swap, fresh.getFileName());
        Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE);
        links(payload);
        if (old != null) {
            deleteTree(old);
        }
        return true;
    }

    private Path freshDirectory() throws IOException {
        for (long i = 0; ; i++) {
            Path fresh = directory.resolve(STAMP.format(clock.instant().plusNanos(i)));
            if (!Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
                return Files.createDirectory(fresh);
            }
        }
    }

    private void links(Map<String, Content> payload) throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String path : payload.keySet()) {
            int slash = path.indexOf('/');
            String first = slash < 0 ? path : path.substring(0, slash);
            wanted.add(first);
            Path link = directory.resolve(first);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, first));
            }
        }
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.startsWith("..")
                        && !wanted.contains(name)
                        && Files.isSymbolicLink(entry)) {
                    Files.delete(entry);
                }
            }
        }
    }

    private static Map<String, Content> read(Path tree) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                files.put(
                        tree.relativize(file).toString().replace('\\', '/'),
                        new Content(Files.readAllBytes(file), mode(file)));
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        return files;
    }

    private static int mode(Path file) throws IOException {
        try {
            return (Integer) Files.getAttribute(file, "unix:mode") & 0777;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return 0644;
        }
    }

    private static void setMode(Path file, int mode) throws IOException {
        try {
            Files.setPosixFilePermissions(file, permissions(mode));
        } catch (UnsupportedOperationException e) {
            // Windows has no such modes.
            return;
        }
    }

    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

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
