package dev.pilothouse.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {

    private static final Path HOME = Path.of("/home/me");

    @Test
    void followsConventionOfEachSystem() {
        assertEquals(HOME.resolve(".local/share/pilothouse"), on("Linux", Map.of()));
        assertEquals(
                HOME.resolve("Library/Application Support/Pilothouse"),
                on("Mac OS X", Map.of("XDG_DATA_HOME", "/x")));
        assertEquals(
                Path.of("/local/Pilothouse"), on("Windows 11", Map.of("LOCALAPPDATA", "/local")));
        assertEquals(HOME.resolve("AppData/Local/Pilothouse"), on("Windows 11", Map.of()));
    }

    @Test
    void obeysXdgOnlyWhenAbsolute() {
        assertEquals(Path.of("/x/pilothouse"), on("Linux", Map.of("XDG_DATA_HOME", "/x")));
        assertEquals(
                HOME.resolve(".local/share/pilothouse"),
                on("Linux", Map.of("XDG_DATA_HOME", "relative")));
    }

    private static Path on(String os, Map<String, String> environment) {
        return DataDirectory.byConvention(os, HOME, environment);
    }
}
