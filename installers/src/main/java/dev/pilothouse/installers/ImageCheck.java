package dev.pilothouse.installers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts a packaged application without a display, on a cluster of its own, and waits for its own
 * check to end well.
 */
final class ImageCheck {

    private static final long MINUTES = 5;

    private final Path launcher;
    private final Path data;

    /**
     * Checks an image.
     *
     * @param launcher its launcher
     * @param data an empty directory for its cluster
     */
    ImageCheck(Path launcher, Path data) {
        this.launcher = launcher;
        this.data = data;
    }

    /**
     * Runs the check once.
     *
     * @param environment further variables
     * @throws PackagingException when it fails, with what the application said
     */
    void run(Map<String, String> environment) throws IOException, InterruptedException {
        Path said = Files.createTempFile("pilothouse-check", ".log");
        try {
            var builder = new ProcessBuilder(launcher.toString(), "--self-check");
            builder.redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            builder.environment()
                    .merge(
                            "JAVA_TOOL_OPTIONS",
                            "-Dglass.platform=Headless -Dprism.order=sw",
                            (options, more) -> options + " " + more);
            builder.environment().put("PILOTHOUSE_DATA_DIR", data.toString());
            builder.environment().put("PILOTHOUSE_PORT", "0");
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new PackagingException(
                        "the image did not end its check: " + Files.readString(said).strip());
            }
            if (process.exitValue() != 0) {
                throw new PackagingException(
                        "the image does not work: " + Files.readString(said).strip());
            }
        } finally {
            Files.delete(said);
        }
    }
}
