package dev.pilothouse.installers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The systems that packages are made for, each on itself: jlink links for its own system only. */
enum Platform {
    LINUX("pilothouse", "pilothouse/bin/pilothouse", "pilothouse/lib/app", ".png"),
    MAC(
            "Pilothouse",
            "Pilothouse.app/Contents/MacOS/Pilothouse",
            "Pilothouse.app/Contents/app",
            ".icns"),
    WINDOWS("Pilothouse", "Pilothouse/Pilothouse.exe", "Pilothouse/app", ".ico");

    private final String application;
    private final String launcher;
    private final String jars;
    private final String iconSuffix;

    Platform(String application, String launcher, String jars, String iconSuffix) {
        this.application = application;
        this.launcher = launcher;
        this.jars = jars;
        this.iconSuffix = iconSuffix;
    }

    /** The one that this process runs on. */
    static Platform current() {
        String system = System.getProperty("os.name", "");
        if (system.startsWith("Windows")) {
            return WINDOWS;
        }
        return system.startsWith("Mac") ? MAC : LINUX;
    }

    /** The application's name as jpackage is told; also that of its files. */
    String application() {
        return application;
    }

    /** The launcher in a directory of images. */
    Path launcher(Path images) {
        return images.resolve(launcher);
    }

    /** The directory that the launcher calls {@code $APPDIR}. */
    Path jars(Path images) {
        return images.resolve(jars);
    }

    /** The image itself in a directory of images. */
    Path image(Path images) {
        return images.resolve(jars.substring(0, jars.indexOf('/')));
    }

    /** The icon in a directory of icons, when there is one in this system's format. */
    List<String> iconArguments(Path icons) {
        Path icon =
                icons.resolve(
                        this == LINUX ? "pilothouse-512" + iconSuffix : "pilothouse" + iconSuffix);
        return Files.exists(icon) ? List.of("--icon", icon.toString()) : List.of();
    }
}
