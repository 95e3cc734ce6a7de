package dev.pilothouse.server.cli;

import dev.pilothouse.server.ControlPlaneLauncher;
import dev.pilothouse.server.StoreTool;
import java.util.ServiceLoader;

/** Starts the command line of this process. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Cli cli = Cli.ofProcess(the(ControlPlaneLauncher.class), the(StoreTool.class));
        System.exit(cli.run(arguments));
    }

    private static <T> T the(Class<T> part) {
        return ServiceLoader.load(part)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("No " + part.getName() + " on the class path"));
    }
}
