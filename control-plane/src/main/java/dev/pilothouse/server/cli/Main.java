package dev.pilothouse.server.cli;

import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.FileStoreTool;

/** Starts the command line of this process. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Cli cli = Cli.ofProcess(ControlPlane::start, new FileStoreTool());
        System.exit(cli.run(arguments));
    }
}
