package dev.pilothouse.installers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes an image of the application with the parts of the JDK that it needs, lets it check itself,
 * records what the check loads in an ahead-of-time cache (JEP 483, JEP 514) and wraps the image up.
 */
final class Packager {

    /** What the application and its libraries use of the JDK; the check of the image shows it. */
    private static final List<String> JDK_MODULES =
            List.of(
                    "java.desktop",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.security.jgss",
                    "java.security.sasl",
                    "java.sql",
                    "jdk.localedata",
                    "jdk.management",
                    "jdk.unsupported",
                    "jdk.zipfs");

    /** As in the launcher of the source tree, except for the compiler's thresholds. */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms64m",
                    "-XX:MaxNewSize=160m",
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=40",
                    "-XX:-ShrinkHeapInSteps",
                    "-XX:NewRatio=3",
                    "-XX:MetaspaceSize=80m",
                    "-Xmx2g",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "--enable-native-access=ALL-UNNAMED,javafx.graphics",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final String CACHE = "pilothouse.aot";

    private final Platform platform;
    private final Jars jars;
    private final Path icons;
    private final PrintStream out;

    /**
     * Packs an application.
     *
     * @param icons the directory of the application's icons
     * @param out where it says what it does
     */
    Packager(Platform platform, Jars jars, Path icons, PrintStream out) {
        this.platform = platform;
        this.jars = jars;
        this.icons = icons;
        this.out = out;
    }

    /**
     * Makes everything in this directory; what a former run left there is replaced.
     *
     * @throws PackagingException when a tool fails or the image does not work
     */
    void pack(Path directory) throws IOException, InterruptedException {
        delete(directory);
        Path work = Files.createDirectories(directory.resolve("work"));
        out.println("pilothouse: linking the run-time image ...");
        link(work.resolve("runtime"));
        out.println("pilothouse: making the application's image ...");
        image(work, directory);
        out.println("pilothouse: checking the image and recording its cache ...");
        record(directory, work);
        out.println("pilothouse: checking the image with its cache ...");
        check(directory, Map.of());
        delete(work);
        List<Path> packages = new Wrapping(platform, jars, icons).wrap(directory);
        out.println("pilothouse: " + platform.image(directory));
        for (Path each : packages) {
            out.printf("pilothouse: %s, %.1f MB%n", each, Files.size(each) / 1e6);
        }
    }

    private void link(Path runtime) {
        List<String> modules = new ArrayList<>(JDK_MODULES);
        modules.addAll(jars.moduleNames());
        Tool.run(
                "jlink",
                List.of(
                        "--module-path",
                        String.join(
                                java.io.File.pathSeparator,
                                jars.modules().stream().map(Path::toString).toList()),
                        "--add-modules",
                        String.join(",", modules),
                        "--include-locales=en,de",
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        runtime.toString()));
    }

    private void image(Path work, Path directory) throws IOException {
        Path input = Files.createDirectories(work.resolve("input"));
        StoredJar.copy(jars.main(), input);
        for (Path library : jars.libraries()) {
            StoredJar.copy(library, input);
        }
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--type",
                                "app-image",
                                "--name",
                                platform.application(),
                                "--app-version",
                                jars.version(),
                                "--vendor",
                                "Pilothouse",
                                "--description",
                                "A Kubernetes cluster and a window onto any cluster",
                                "--runtime-image",
                                work.resolve("runtime").toString(),
                                "--input",
                                input.toString(),
                                "--main-jar",
                                String.valueOf(jars.main().getFileName()),
                                "--main-class",
                                "dev.pilothouse.ui.launch.Launcher",
                                "--dest",
                                directory.toString()));
        for (String option : JVM_OPTIONS) {
            arguments.addAll(List.of("--java-options", option));
        }
        arguments.addAll(platform.iconArguments(icons));
        Tool.run("jpackage", arguments);
    }

    /** Runs the image's own launcher, for a cache fits only what it was recorded with. */
    private void record(Path directory, Path work) throws IOException, InterruptedException {
        Path cache = work.resolve(CACHE);
        check(directory, Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTCacheOutput=" + cache));
        if (!Files.exists(cache)) {
            throw new PackagingException("the JVM recorded no ahead-of-time cache");
        }
        Files.move(cache, platform.jars(directory).resolve(CACHE));
        Path settings = platform.jars(directory).resolve(platform.application() + ".cfg");
        Files.writeString(
                settings,
                "java-options=-XX:AOTCache=$APPDIR"
                        + java.io.File.separator
                        + CACHE
                        + System.lineSeparator(),
                StandardOpenOption.APPEND);
    }

    private void check(Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("pilothouse-check");
        try {
            new ImageCheck(platform.launcher(directory), data).run(environment);
        } finally {
            delete(data);
        }
    }

    /** Deletes a directory with everything in it. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
