package dev.pilothouse.server.cli;

import dev.pilothouse.server.ControlPlaneOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The settings of a process without a command line: environment, configuration file, defaults. */
public final class ProcessSettings {

    private ProcessSettings() {}

    /**
     * What a control plane inside another program is started with; also sets up logging.
     *
     * @throws IOException when a setting makes no sense; the message is one sentence
     */
    public static ControlPlaneOptions controlPlaneOptions() throws IOException {
        try {
            Settings settings =
                    Settings.resolve(Map.of(), System.getenv(), conventionalDataDirectory());
            Logging.configure(settings.logLevel());
            return settings.controlPlaneOptions();
        } catch (UsageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The data directory when none is set. */
    static Path conventionalDataDirectory() {
        return DataDirectory.byConvention(
                System.getProperty("os.name", ""),
                Path.of(System.getProperty("user.home", ".")),
                System.getenv());
    }
}
