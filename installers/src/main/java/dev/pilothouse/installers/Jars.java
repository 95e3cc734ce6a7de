package dev.pilothouse.installers;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars of an application.
 *
 * @param main the application's own
 * @param version the application's, digits and dots only
 * @param libraries what goes on the class path
 * @param modules JavaFX, which becomes part of the run-time image
 */
record Jars(Path main, String version, List<Path> libraries, List<Path> modules) {

    private static final Pattern OWN = Pattern.compile("app-ui-(\\d+\\.\\d+\\.\\d+).*\\.jar");

    /** Jars of JavaFX for all systems: their names have no system, and there is nothing in them. */
    private static final Pattern EMPTY = Pattern.compile("javafx-[a-z]+-[\\d.]+\\.jar");

    /**
     * Sorts what a build has left.
     *
     * @param directory the directory of the application's jar; its libraries are in {@code lib}
     */
    static Jars of(Path directory) throws IOException {
        Path main = null;
        String version = "";
        for (Path jar : jars(directory)) {
            Matcher own = OWN.matcher(name(jar));
            if (own.matches() && !name(jar).contains("-sources") && !name(jar).contains("-tests")) {
                main = jar;
                version = own.group(1);
            }
        }
        if (main == null) {
            throw new PackagingException("there is no application in " + directory);
        }
        List<Path> libraries = new ArrayList<>();
        List<Path> modules = new ArrayList<>();
        for (Path jar : jars(directory.resolve("lib"))) {
            if (EMPTY.matcher(name(jar)).matches()) {
                continue;
            }
            (isJavaFx(jar) ? modules : libraries).add(jar);
        }
        return new Jars(main, version, libraries, modules);
    }

    /** The names of the modules. */
    List<String> moduleNames() {
        return modules.stream().map(Jars::moduleName).flatMap(Optional::stream).toList();
    }

    private static boolean isJavaFx(Path jar) {
        return moduleName(jar)
                .filter(module -> module.startsWith("javafx.") || module.startsWith("jfx."))
                .isPresent();
    }

    /** The name of a jar that says what it requires; nothing for others. */
    private static Optional<String> moduleName(Path jar) {
        if (!name(jar).startsWith("javafx-") && !name(jar).startsWith("jfx-")) {
            return Optional.empty();
        }
        return ModuleFinder.of(jar).findAll().stream()
                .filter(module -> !module.descriptor().isAutomatic())
                .map(module -> module.descriptor().name())
                .findFirst();
    }

    private static List<Path> jars(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> name(file).endsWith(".jar")).sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
