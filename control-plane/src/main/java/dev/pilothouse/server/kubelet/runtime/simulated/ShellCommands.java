package dev.pilothouse.server.kubelet.runtime.simulated;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commands of a {@link SimulatedShell}. */
final class ShellCommands {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String KNOWN =
            "cat, date, echo, env, exit, false, help, hostname, id, ls, printenv, ps, pwd, true, uname, whoami";

    private final PodView pod;
    private final ContainerSpec spec;
    private final InstantSource clock;
    private final @Nullable InputStream in;
    private final Writer out;
    private final Writer err;

    /** Where text goes. */
    @FunctionalInterface
    interface Writer {
        void write(String text) throws IOException;
    }

    /** What came of a line: its exit code, and whether the shell is to end. */
    record Outcome(int code, boolean exits) {}

    ShellCommands(
            PodView pod,
            ContainerSpec spec,
            InstantSource clock,
            @Nullable InputStream in,
            Writer out,
            Writer err) {
        this.pod = pod;
        this.spec = spec;
        this.clock = clock;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs a line of commands with {@code ;}, {@code &&} and {@code ||} between them. */
    Outcome script(String line) throws IOException {
        int code = 0;
        String joint = ";";
        for (String part : line.split("(?=;|&&|\\|\\||\n)|(?<=;|&&|\\|\\||\n)", -1)) {
            String text = part.strip();
            if (text.equals(";") || text.equals("&&") || text.equals("||") || part.equals("\n")) {
                joint = part.equals("\n") ? ";" : text;
                continue;
            }
            boolean skipped =
                    (joint.equals("&&") && code != 0) || (joint.equals("||") && code == 0);
            List<String> words = words(text);
            if (skipped || words.isEmpty()) {
                continue;
            }
            if (words.getFirst().equals("exit")) {
                return new Outcome(words.size() > 1 ? exitCode(words.get(1)) : code, true);
            }
            code = run(words);
        }
        return new Outcome(code, false);
    }

    /** Runs one command. */
    int run(List<String> command) throws IOException {
        String name = command.getFirst();
        List<String> arguments = command.subList(1, command.size());
        switch (name.substring(name.lastIndexOf('/') + 1)) {
            case "echo" -> echo(arguments);
            case "env" -> {
                return printenv(List.of());
            }
            case "printenv" -> {
                return printenv(arguments);
            }
            case "hostname" -> out.write(pod.name() + "\n");
            case "date" -> out.write(DATE.format(clock.instant()) + "\n");
            case "pwd" -> out.write("/\n");
            case "whoami" -> out.write("simulated\n");
            case "id" -> out.write("uid=0(simulated) gid=0(simulated)\n");
            case "uname" -> out.write("Linux " + pod.name() + " simulated\n");
            case "ps" ->
                    out.write(
                            "PID   USER       COMMAND\n    1 simulated  (nothing runs: simulated)\n");
            case "ls" -> out.write(arguments.isEmpty() ? "README.simulated\n" : "");
            case "cat" -> {
                return cat(arguments);
            }
            case "true", ":", "sleep" -> {
                return 0;
            }
            case "false" -> {
                return 1;
            }
            case "help" -> out.write("Simulated shell. It knows: " + KNOWN + ".\n");
            default -> {
                err.write(
                        name
                                + ": not found: this container is simulated and has no programs. It knows: "
                                + KNOWN
                                + ".\n");
                return 127;
            }
        }
        return 0;
    }

    private void echo(List<String> arguments) throws IOException {
        boolean bare = !arguments.isEmpty() && arguments.getFirst().equals("-n");
        List<String> words = bare ? arguments.subList(1, arguments.size()) : arguments;
        out.write(String.join(" ", words) + (bare ? "" : "\n"));
    }

    private int printenv(List<String> names) throws IOException {
        Map<String, String> environment = environment();
        if (names.isEmpty()) {
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                out.write(variable.getKey() + "=" + variable.getValue() + "\n");
            }
            return 0;
        }
        int code = 0;
        for (String name : names) {
            String value = environment.get(name);
            if (value == null) {
                code = 1;
            } else {
                out.write(value + "\n");
            }
        }
        return code;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("HOSTNAME", pod.name());
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("SIMULATED", "true");
        for (String variable : spec.env()) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    private int cat(List<String> files) throws IOException {
        if (files.isEmpty()) {
            InputStream source = in;
            if (source != null) {
                copy(source);
            }
            return 0;
        }
        int code = 0;
        for (String file : files) {
            switch (file) {
                case "/etc/hostname" -> out.write(pod.name() + "\n");
                case "README.simulated", "/README.simulated" ->
                        out.write(
                                "This container is simulated: it has no files and no programs.\n");
                default -> {
                    err.write(
                            "cat: " + file + ": No such file or directory (simulated container)\n");
                    code = 1;
                }
            }
        }
        return code;
    }

    private void copy(InputStream source) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
            out.write(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
    }

    private static int exitCode(String text) {
        try {
            return Integer.parseInt(text) & 0xff;
        } catch (NumberFormatException _) {
            return 2;
        }
    }

    /**
     * Words as a shell sees them: quotes keep together, variables of the environment are put in.
     */
    private List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                open = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                    open = false;
                }
            } else if (c == '$' && quote != '\'') {
                i = variable(text, i + 1, word) - 1;
                open = true;
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    /** Puts a variable in, and returns where the text goes on. */
    private int variable(String text, int from, StringBuilder word) {
        boolean braces = from < text.length() && text.charAt(from) == '{';
        int start = braces ? from + 1 : from;
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (end == start) {
            word.append('$');
            return from;
        }
        word.append(environment().getOrDefault(text.substring(start, end), ""));
        return braces && end < text.length() && text.charAt(end) == '}' ? end + 1 : end;
    }
}
