package dev.pilothouse.server.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * Remembers in a file that a start found the other files whole and made for each other. Finding it
 * by signing and verifying is a fifth of a start; a digest of the files costs next to nothing.
 *
 * @param digest of all files and of the names that the server's certificate has to have
 * @param until when the first certificate has to be renewed
 */
record Seal(String digest, Instant until) {

    private static final String FILE = "checked";

    /** The seal of these files as they are. */
    static Seal of(PkiFiles files, List<String> names, ServingNames serving, Instant until)
            throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (String name : names) {
            update(digest, name, files.read(name));
        }
        update(digest, "dns", new TreeSet<>(serving.dnsNames()).toString());
        update(digest, "addresses", new TreeSet<>(serving.addresses()).toString());
        return new Seal(HexFormat.of().formatHex(digest.digest()), until);
    }

    private static void update(MessageDigest digest, String name, String text) {
        digest.update((name + "\n" + text.length() + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the files are as an earlier start left them, and still good for a while. */
    static boolean holds(PkiFiles files, List<String> names, ServingNames serving, Instant now)
            throws IOException {
        if (!files.exists(FILE) || !names.stream().allMatch(files::exists)) {
            return false;
        }
        String[] parts = files.read(FILE).strip().split(" ");
        if (parts.length != 2 || !parts[1].chars().allMatch(Character::isDigit)) {
            return false;
        }
        Instant until = Instant.ofEpochSecond(Long.parseLong(parts[1]));
        return now.isBefore(until) && of(files, names, serving, until).digest().equals(parts[0]);
    }

    void write(PkiFiles files) throws IOException {
        files.writeCertificate(FILE, digest + " " + until.getEpochSecond() + "\n");
    }
}
