package dev.pilothouse.server.crash;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the server runs from: the packaged jars, unless there are none or classes are newer. */
final class ServerClassPath {

    private ServerClassPath() {}

    static String find() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        List<Path> jars = new ArrayList<>(jars(target, "control-plane-"));
        if (jars.size() != 1
                || !Files.isDirectory(target.resolve("lib"))
                || isOlder(jars.getFirst(), target.resolve("classes"))) {
            return ofThisTest();
        }
        jars.addAll(jars(target.resolve("lib"), ""));
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The console launcher loads tests by a class loader of its own; Surefire by the system's. */
    private static String ofThisTest() {
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs())
                    .map(ServerClassPath::path)
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> jars(Path directory, String prefix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isJar(file.getFileName().toString(), prefix))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isJar(String name, String prefix) {
        return name.startsWith(prefix)
                && name.endsWith(".jar")
                && !name.endsWith("-tests.jar")
                && !name.endsWith("-sources.jar");
    }

    private static boolean isOlder(Path jar, Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(jar);
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
