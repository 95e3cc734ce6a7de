package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.node.ContainerStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A session in a simulated container: a few commands that need no real process, a shell that reads
 * them line by line, and a clear word about everything else. Used by one thread.
 */
final class SimulatedShell {

    private static final List<String> SHELLS =
            List.of("sh", "bash", "ash", "/bin/sh", "/bin/bash", "/bin/ash", "/usr/bin/bash");

    /** What may stand around a shell in a script that looks for one. */
    private static final Set<String> SEARCH =
            Set.of(
                    "exec",
                    "command",
                    "-v",
                    "which",
                    "type",
                    "clear",
                    "export",
                    "env",
                    "if",
                    "then",
                    "else",
                    "fi",
                    "test",
                    "[",
                    "]",
                    "-x",
                    "-e",
                    "-i",
                    "-l",
                    "/dev/null",
                    "1",
                    "2",
                    "zsh",
                    "/bin/zsh");

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*=[\\w.:/-]*");
    private static final String PROMPT = "simulated:/# ";
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 127;

    private final ShellCommands commands;
    private final boolean tty;
    private final ContainerStreams streams;

    SimulatedShell(
            PodView pod,
            ContainerSpec spec,
            boolean tty,
            ContainerStreams streams,
            InstantSource clock) {
        this.tty = tty;
        this.streams = streams;
        this.commands = new ShellCommands(pod, spec, clock, streams.stdin(), this::out, this::err);
    }

    /** Runs a command and returns its exit code. */
    int run(List<String> command) throws IOException {
        if (!SHELLS.contains(command.getFirst())) {
            return commands.run(command);
        }
        int script = command.indexOf("-c");
        if (script > 0 && script + 1 < command.size() && !startsShell(command.get(script + 1))) {
            return commands.script(command.get(script + 1)).code();
        }
        InputStream in = streams.stdin();
        return in == null ? 0 : interact(in);
    }

    /**
     * Whether a script does nothing but look for a shell and start it, which is what programs ask
     * for that open a terminal in a container of which they know nothing.
     */
    static boolean startsShell(String script) {
        List<String> words =
                Arrays.stream(script.split("[\\s;&|()$<>\"'`{}]+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
        return words.stream().anyMatch(SHELLS::contains)
                && words.stream()
                        .allMatch(word ->
                                SHELLS.contains(word)
                                        || SEARCH.contains(word)
                                        || ASSIGNMENT.matcher(word).matches());
    }

    private int interact(InputStream in) throws IOException {
        if (tty) {
            out("This shell is simulated; type help for what it knows.\n" + PROMPT);
        }
        int code = 0;
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == CTRL_D && tty && line.isEmpty()) {
                break;
            }
            if (c == '\r' || c == '\n') {
                echo("\n");
                ShellCommands.Outcome outcome = commands.script(line.toString());
                code = outcome.code();
                line.setLength(0);
                if (outcome.exits()) {
                    return code;
                }
                echo(PROMPT);
            } else {
                type(line, c);
            }
        }
        return line.isEmpty() ? code : commands.script(line.toString()).code();
    }

    /** What a terminal does with a key. */
    private void type(StringBuilder line, int c) throws IOException {
        if (!tty) {
            line.append((char) c);
        } else if (c == CTRL_C) {
            line.setLength(0);
            echo("^C\n" + PROMPT);
        } else if (c == BACKSPACE || c == DELETE) {
            if (!line.isEmpty()) {
                line.setLength(line.length() - 1);
                echo("\b \b");
            }
        } else if (c >= ' ') {
            line.append((char) c);
            echo(String.valueOf((char) c));
        }
    }

    private void echo(String text) throws IOException {
        if (tty) {
            out(text);
        }
    }

    private void out(String text) throws IOException {
        write(streams.stdout(), text);
    }

    private void err(String text) throws IOException {
        write(streams.stderr() == null ? streams.stdout() : streams.stderr(), text);
    }

    private void write(@Nullable OutputStream stream, String text) throws IOException {
        if (stream != null) {
            String shown = tty ? text.replace("\n", "\r\n") : text;
            stream.write(shown.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        }
    }
}
