package dev.pilothouse.server.kubelet.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of one container are. What the supervisor writes is in {@code io}, which is the
 * directory that is watched for changes.
 *
 * @param directory the container's directory
 */
record ContainerFiles(Path directory) {

    Path config() {
        return directory.resolve("config.json");
    }

    /** How the container ended when that is not what the supervisor says. */
    Path outcome() {
        return directory.resolve("outcome.json");
    }

    Path offsets() {
        return directory.resolve("offsets");
    }

    Path root() {
        return directory.resolve("root");
    }

    Path io() {
        return directory.resolve("io");
    }

    Path stdout() {
        return io().resolve("stdout");
    }

    Path stderr() {
        return io().resolve("stderr");
    }

    Path stdin() {
        return io().resolve("stdin");
    }

    Path pid() {
        return io().resolve("pid");
    }

    Path supervisor() {
        return io().resolve("supervisor");
    }

    Path holder() {
        return io().resolve("holder");
    }

    Path exit() {
        return io().resolve("exit");
    }

    void create() throws IOException {
        createPrivate(directory);
        createPrivate(io());
        createPrivate(root());
    }

    /** How much of standard output and error is in the log. */
    long[] readOffsets() {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(offsets()));
            return bytes.remaining() < 2 * Long.BYTES
                    ? new long[2]
                    : new long[] {bytes.getLong(), bytes.getLong()};
        } catch (NoSuchFileException e) {
            return new long[2];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeOffsets(long stdout, long stderr) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(stdout).putLong(stderr);
        Files.write(offsets(), bytes.array());
    }

    /** A whole number that a file holds, or null when there is none yet. */
    static @Nullable Long number(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.isEmpty() ? null : Long.valueOf(text);
        } catch (NoSuchFileException e) {
            return null;
        } catch (NumberFormatException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When a file was written last, or null when there is none. */
    static @Nullable Instant written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a directory that only its owner can look into. */
    static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Replaces a file so that it is always whole. */
    static void replace(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, content);
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes a tree without following links. */
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
