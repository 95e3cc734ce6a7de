package dev.pilothouse.server.kubelet.runtime.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts supervisors: a small shell script where there is a shell, this program's {@link
 * SupervisorMain} elsewhere. They outlive this program and note down how their command ended.
 */
final class Supervisor {

    private final List<String> start;

    private Supervisor(List<String> start) {
        this.start = start;
    }

    /** The system's way. */
    static Supervisor ofSystem(Path directory) throws IOException {
        return CommandLine.isWindows() ? java() : shell(directory);
    }

    /** By the script, which is put into a directory. */
    static Supervisor shell(Path directory) throws IOException {
        Path script = directory.resolve("supervise.sh");
        try (InputStream source = Supervisor.class.getResourceAsStream("supervise.sh")) {
            if (source == null) {
                throw new IOException("supervise.sh is missing in the program");
            }
            ContainerFiles.replace(script, source.readAllBytes());
        }
        List<String> start = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // Out of the terminal's reach: its interrupt ends this program only.
            start.add("/usr/bin/setsid");
        }
        start.add("/bin/sh");
        start.add(script.toString());
        return new Supervisor(start);
    }

    /** By another run of this program. */
    static Supervisor java() {
        String program = ProcessHandle.current().info().command().orElse("java");
        return new Supervisor(
                List.of(
                        program,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        SupervisorMain.class.getName()));
    }

    /** Starts a command below a supervisor. */
    Process start(
            ContainerFiles files,
            boolean input,
            List<String> command,
            Path workingDir,
            Map<String, String> environment)
            throws IOException {
        List<String> line = new ArrayList<>(start);
        line.add(files.io().toString());
        line.add(input ? "fifo" : "none");
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).directory(workingDir.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Redirect messages = Redirect.to(files.directory().resolve("supervisor.log").toFile());
        return builder.redirectInput(Redirect.PIPE)
                .redirectOutput(messages)
                .redirectErrorStream(true)
                .start();
    }
}
