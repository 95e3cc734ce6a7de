package dev.pilothouse.server.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where state lives by each operating system's convention. */
final class DataDirectory {

    private DataDirectory() {}

    /**
     * The default data directory.
     *
     * @param os the system property {@code os.name}
     * @param home the user's home directory
     * @param environment the environment variables
     */
    static Path byConvention(String os, Path home, Map<String, String> environment) {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return home.resolve("Library/Application Support/Pilothouse");
        }
        if (name.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            Path base = local.isBlank() ? home.resolve("AppData/Local") : Path.of(local);
            return base.resolve("Pilothouse");
        }
        // The XDG base directory specification says to ignore a relative path here.
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base =
                xdg.isBlank() || !Path.of(xdg).isAbsolute()
                        ? home.resolve(".local/share")
                        : Path.of(xdg);
        return base.resolve("pilothouse");
    }
}
