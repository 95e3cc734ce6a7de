package dev.pilothouse.ui.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.ControlPlane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the window says when the real control plane cannot start. */
class StartFailureTest {

    @TempDir Path directory;

    @Test
    void namesTheProcessThatHoldsTheDataDirectory() throws Exception {
        ControlPlane first = ControlPlane.start(WindowFixture.options(directory, 0));
        try {
            String said = sentence(0);
            assertTrue(said.contains("is in use by"), said);
            assertTrue(said.contains("Stop that one first."), said);
        } finally {
            first.close();
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String said = sentence(taken.getLocalPort());
            assertTrue(said.startsWith("Port " + taken.getLocalPort() + " is in use"), said);
        }
    }

    @Test
    void namesADirectoryThatIsAFile() throws Exception {
        Files.writeString(directory.resolve("data"), "not a directory");
        directory = directory.resolve("data");

        String said = sentence(0);

        assertTrue(said.contains(directory.toString()), said);
        assertFalse(said.contains("Exception"), said);
    }

    @Test
    void saysHowToRecoverFromADamagedStore() throws Exception {
        ControlPlane.start(WindowFixture.options(directory, 0)).close();
        int damaged = 0;
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().startsWith("store")) {
                    Files.writeString(file, "damage".repeat(5000));
                    damaged++;
                }
            }
        }
        assertTrue(damaged > 0);

        String said = sentence(0);

        assertTrue(said.contains("damaged"), said);
        assertFalse(said.contains("Exception"), said);
    }

    @Test
    void unexpectedErrorsKeepTheirName() {
        String said = StartFailure.sentence(new IllegalStateException("odd"));

        assertEquals(
                "An unexpected error stopped the start: java.lang.IllegalStateException: odd."
                        + " Try again, and look into the log when it stays.",
                said);
    }

    private String sentence(int port) {
        return StartFailure.sentence(
                assertThrows(
                        IOException.class,
                        () -> Session.start(WindowFixture.options(directory, port)).close()));
    }
}
