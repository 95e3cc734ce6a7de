package dev.pilothouse.server.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;

/** Sets java.util.logging up: single lines to stderr, libraries quiet. */
final class Logging {

    private Logging() {}

    /** Applies a level to our own loggers; libraries stay one step quieter. */
    static void configure(Level level) {
        Level libraries = libraries(level);
        String configuration =
                """
                handlers=java.util.logging.ConsoleHandler
                java.util.logging.ConsoleHandler.level=ALL
                java.util.logging.ConsoleHandler.formatter=%s
                .level=%s
                dev.pilothouse.level=%s
                """
                        .formatted(
                                LineFormatter.class.getName(),
                                libraries.getName(),
                                level.getName());
        try {
            LogManager.getLogManager()
                    .readConfiguration(
                            new ByteArrayInputStream(
                                    configuration.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One step quieter than our own: what a library tells at INFO is for its developers. */
    private static Level libraries(Level own) {
        if (own.intValue() >= Level.INFO.intValue()) {
            return own.equals(Level.SEVERE) ? own : Level.WARNING;
        }
        return own.equals(Level.FINE) ? Level.INFO : Level.FINE;
    }
}
