package dev.pilothouse.server.kubelet.runtime.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs one command to its end and notes down how it ended, where there is no shell to do it. Takes
 * what {@code supervise.sh} takes and writes what it writes; standard input is always empty.
 */
public final class SupervisorMain {

    private SupervisorMain() {}

    /**
     * Runs the command.
     *
     * @param arguments directory, kind of input, command and its arguments
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        List<String> command = Arrays.asList(arguments).subList(2, arguments.length);
        note(directory, "supervisor", ProcessHandle.current().pid());
        int code;
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(Redirect.appendTo(directory.resolve("stdout").toFile()))
                            .redirectError(Redirect.appendTo(directory.resolve("stderr").toFile()))
                            .start();
            process.getOutputStream().close();
            note(directory, "pid", process.pid());
            code = process.waitFor();
        } catch (IOException e) {
            Files.writeString(directory.resolve("stderr"), e.getMessage() + "\n");
            code = 127;
        }
        note(directory, "exit", code);
    }

    private static void note(Path directory, String name, long number) throws IOException {
        ContainerFiles.replace(
                directory.resolve(name), (number + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
