package dev.pilothouse.installers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Makes the packages for the system that it runs on. */
public final class Main {

    private Main() {}

    /**
     * Packs a built application.
     *
     * @param arguments the directory of the application's own jar, which has its libraries in
     *     {@code lib}, the directory of the icons, and where to put the packages
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3) {
            System.err.println("usage: Main APPLICATION-DIRECTORY ICON-DIRECTORY OUTPUT-DIRECTORY");
            System.exit(2);
        }
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            Jars jars = Jars.of(Path.of(arguments[0]));
            new Packager(Platform.current(), jars, Path.of(arguments[1]), out)
                    .pack(Path.of(arguments[2]));
        } catch (PackagingException e) {
            System.err.println("pilothouse: " + e.getMessage());
            System.exit(1);
        }
    }
}
