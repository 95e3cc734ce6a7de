package dev.pilothouse.installers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes one file of an image: an archive that is unpacked anywhere, and where the tools for it are
 * there, an installer of the system.
 */
final class Wrapping {

    private final Platform platform;
    private final Jars jars;
    private final Path icons;

    Wrapping(Platform platform, Jars jars, Path icons) {
        this.platform = platform;
        this.jars = jars;
        this.icons = icons;
    }

    /** Wraps the image in this directory and returns the files. */
    List<Path> wrap(Path directory) throws IOException, InterruptedException {
        List<Path> made = new ArrayList<>();
        made.add(archive(directory));
        if (platform == Platform.LINUX && has("dpkg-deb") && has("fakeroot")) {
            made.add(debian(directory));
        }
        return made;
    }

    private Path archive(Path directory) throws IOException, InterruptedException {
        String name =
                "pilothouse-%s-%s-%s"
                        .formatted(
                                jars.version(),
                                platform.name().toLowerCase(Locale.ROOT),
                                System.getProperty("os.arch"));
        String image = String.valueOf(platform.image(directory).getFileName());
        boolean small = has("xz");
        Path file = directory.resolve(name + (small ? ".tar.xz" : ".tar.gz"));
        // The tar of every one of these systems keeps times, by which a cache knows its jars.
        var builder =
                new ProcessBuilder(
                        "tar",
                        "-C",
                        directory.toString(),
                        small ? "-cJf" : "-czf",
                        file.toString(),
                        image);
        // More effort takes minutes and saves little.
        builder.environment().put("XZ_OPT", "-2");
        Process tar = builder.inheritIO().start();
        if (tar.waitFor() != 0) {
            throw new PackagingException("tar could not write " + file);
        }
        return file;
    }

    private Path debian(Path directory) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--type",
                                "deb",
                                "--app-image",
                                platform.image(directory).toString(),
                                "--name",
                                platform.application(),
                                "--app-version",
                                jars.version(),
                                "--vendor",
                                "Pilothouse",
                                "--description",
                                "A Kubernetes cluster and a window onto any cluster",
                                "--linux-package-name",
                                "pilothouse",
                                "--linux-deb-maintainer",
                                "developers@pilothouse.dev",
                                "--linux-app-category",
                                "devel",
                                "--linux-menu-group",
                                "Development",
                                "--linux-shortcut",
                                "--linux-package-deps",
                                "libgtk-3-0 | libgtk-3-0t64, libpangoft2-1.0-0",
                                "--dest",
                                directory.toString()));
        arguments.addAll(platform.iconArguments(icons));
        Tool.run("jpackage", arguments);
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new PackagingException("jpackage made no .deb"));
        }
    }

    private static boolean has(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
