package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Command lines of the host. */
final class CommandLine {

    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    private CommandLine() {}

    static boolean isWindows() {
        return WINDOWS;
    }

    /**
     * Makes sure that a program can be started, in the words in which container runtimes complain.
     *
     * @throws CriException when it cannot
     */
    static void check(List<String> command, Path workingDir, Map<String, String> environment) {
        if (command.isEmpty()) {
            throw new CriException(Code.INVALID_ARGUMENT, "no command specified");
        }
        if (!Files.isDirectory(workingDir)) {
            throw failed(
                    "chdir to cwd (\""
                            + workingDir
                            + "\") set in config.json failed: no such file or directory");
        }
        String program = command.getFirst();
        if (program.indexOf('/') >= 0 || program.indexOf(File.separatorChar) >= 0) {
            Path file = workingDir.resolve(program);
            if (!Files.exists(file)) {
                throw failed(
                        "exec: \""
                                + program
                                + "\": stat "
                                + program
                                + ": no such file or directory");
            }
            if (Files.isDirectory(file) || !Files.isExecutable(file)) {
                throw failed("exec: \"" + program + "\": permission denied");
            }
            return;
        }
        for (String directory :
                environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path base = workingDir.resolve(directory);
            if (isProgram(base.resolve(program))
                    || (WINDOWS
                            && Stream.of(".exe", ".cmd", ".bat", ".com")
                                    .anyMatch(end -> isProgram(base.resolve(program + end))))) {
                return;
            }
        }
        throw failed("exec: \"" + program + "\": executable file not found in $PATH");
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static CriException failed(String why) {
        return new CriException(
                Code.INTERNAL, "failed to create task: unable to start container process: " + why);
    }

    /**
     * A command that gives variables to the next one whose names a shell would drop: the shells
     * that stand between would lose them.
     */
    static List<String> withOddVariables(List<String> command, Map<String, String> environment) {
        List<String> odd =
                environment.entrySet().stream()
                        .filter(entry -> !SHELL_NAME.matcher(entry.getKey()).matches())
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList();
        if (odd.isEmpty() || WINDOWS) {
            return command;
        }
        List<String> all = new ArrayList<>();
        all.add("env");
        all.addAll(odd);
        all.addAll(command);
        return all;
    }

    /**
     * A command that runs another one on a terminal of its own, by the program {@code script}.
     *
     * @throws CriException where there is none
     */
    static List<String> onTerminal(List<String> command) {
        boolean mac = System.getProperty("os.name", "").startsWith("Mac");
        if (WINDOWS || !Files.isExecutable(Path.of("/usr/bin/script"))) {
            throw new CriException(
                    Code.UNIMPLEMENTED,
                    "terminals of host processes need the program /usr/bin/script, which this node"
                            + " does not have");
        }
        List<String> all = new ArrayList<>();
        all.add("/usr/bin/script");
        if (mac) {
            all.addAll(List.of("-q", "/dev/null"));
            all.addAll(command);
        } else {
            all.addAll(List.of("-q", "-e", "-f", "-c", "exec " + quoted(command), "/dev/null"));
        }
        return all;
    }

    /** A command as a shell reads it. */
    static String quoted(List<String> command) {
        return command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
