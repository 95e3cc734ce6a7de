package dev.pilothouse.server.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceAccountKeysTest {

    @TempDir Path directory;

    @Test
    void makesAPairOnceAndReadsItBack() throws Exception {
        assertNull(new ServiceAccountKeys(directory).existing());

        KeyPair made = new ServiceAccountKeys(directory).pair();
        KeyPair read = new ServiceAccountKeys(directory).existing();
        assertNotNull(read);

        assertEquals(made.getPublic(), read.getPublic());
        assertEquals(made.getPrivate(), read.getPrivate());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("pki/sa.key"))));
    }

    @Test
    void doesNotReplaceABrokenKey() throws Exception {
        Files.createDirectories(directory.resolve("pki"));
        Path file = Files.writeString(directory.resolve("pki/sa.key"), "rubbish");

        var keys = new ServiceAccountKeys(directory);
        PkiException refusal = assertThrows(PkiException.class, keys::pair);

        assertTrue(refusal.getMessage().contains("sa.key is not an RSA private key"));
        assertEquals("rubbish", Files.readString(file));
    }
}
