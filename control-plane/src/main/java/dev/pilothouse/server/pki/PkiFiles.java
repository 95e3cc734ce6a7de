package dev.pilothouse.server.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * The files in {@code <data directory>/pki}. Keys are readable by their owner only, from the moment
 * they exist; a file is replaced whole or not at all.
 */
final class PkiFiles {

    private static final String START_AFRESH =
            "; restore it from a backup, or move the folder away to have a new certificate"
                    + " authority made (clients then need the new kubeconfig).";

    private final Path directory;

    PkiFiles(Path dataDirectory) {
        this.directory = dataDirectory.resolve("pki");
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    boolean exists(String name) {
        return Files.exists(file(name));
    }

    String read(String name) throws PkiException {
        try {
            return Files.readString(file(name), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new PkiException(file(name) + " cannot be read (" + e + ")" + START_AFRESH, e);
        }
    }

    X509Certificate certificate(String name) throws PkiException {
        try {
            return Pem.certificate(read(name));
        } catch (GeneralSecurityException e) {
            throw broken(name, "is not a certificate", e);
        }
    }

    PrivateKey key(String name, String algorithm) throws PkiException {
        try {
            return Pem.privateKey(read(name), algorithm);
        } catch (GeneralSecurityException e) {
            throw broken(name, "is not a private key", e);
        }
    }

    /** The exception for a file that is there but wrong. */
    PkiException broken(String name, String what) {
        return new PkiException(file(name) + " " + what + START_AFRESH);
    }

    private PkiException broken(String name, String what, Exception cause) {
        return new PkiException(
                file(name) + " " + what + " (" + cause.getMessage() + ")" + START_AFRESH, cause);
    }

    void writeKey(String name, String pem) throws IOException {
        write(name, pem, "rw-------");
    }

    void writeCertificate(String name, String pem) throws IOException {
        write(name, pem, "rw-r--r--");
    }

    private void write(String name, String text, String permissions) throws IOException {
        Files.createDirectories(directory, permissions("rwx------"));
        Path temporary = file("." + name + ".new");
        Files.deleteIfExists(temporary);
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options, permissions(permissions))) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                temporary,
                file(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** None on Windows, where the user's profile is private already. */
    private static FileAttribute<?>[] permissions(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
