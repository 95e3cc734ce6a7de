package dev.pilothouse.server.clients;

import dev.pilothouse.server.clients.Step.Command;
import dev.pilothouse.server.clients.Step.EndBackground;
import dev.pilothouse.server.clients.Step.Releases;
import dev.pilothouse.server.clients.Step.WriteFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads scripts of client commands. A script is a sequence of blocks:
 *
 * <pre>
 * # a remark
 * file NAME             writes a file; its text follows, indented by four blanks
 * $ kubectl get pods    runs a command; these lines may follow:
 *   from 1.28             only in this release of the client and later ones
 *   to 1.32               only in this release and earlier ones
 *   exit 1                the exit code, 0 if not said
 *   env NAME=value        a variable of the environment
 *   input                 standard input; its text follows, indented by four blanks
 *   > text                the next line of standard output; these lines are all of it
 *   ~ regex               standard output has such a line
 *   !~ regex              standard output has no such line
 *   2> text, 2~ regex     the same of standard error
 * &amp; kubectl get -w       starts a command in the background, with these lines and
 *   ready regex           the script goes on as soon as a line of output is like this
 * end                   waits for what the command in the background should say, and ends it
 * </pre>
 *
 * A stream of which nothing is said must be empty. Lines of a command are not indented; here they
 * are for the eye.
 */
final class ScriptParser {

    private final List<Step> steps = new ArrayList<>();
    private final List<String> lines;
    private int at;
    private @Nullable Draft draft;

    private ScriptParser(String script) {
        lines = script.lines().toList();
    }

    /** The steps of a script in which {@code ${name}} stands for a variable. */
    static List<Step> parse(String script, Map<String, String> variables) {
        String text = script;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        return new ScriptParser(text).parse();
    }

    private List<Step> parse() {
        while (at < lines.size()) {
            String line = lines.get(at++);
            try {
                line(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + at + ": " + line, e);
            }
        }
        finishCommand();
        return List.copyOf(steps);
    }

    private void line(String line) {
        int blank = line.indexOf(' ');
        String word = blank < 0 ? line : line.substring(0, blank);
        String rest = blank < 0 ? "" : line.substring(blank + 1);
        switch (word) {
            case "#", "" -> {}
            case "file" -> {
                finishCommand();
                steps.add(new WriteFile(at, rest, indented()));
            }
            case "$", "&" -> {
                finishCommand();
                draft = new Draft(at, rest);
            }
            case "end" -> {
                finishCommand();
                steps.add(new EndBackground(at));
            }
            default -> attribute(word, rest);
        }
    }

    private void attribute(String word, String rest) {
        Draft command = draft;
        if (command == null) {
            throw new IllegalArgumentException("there is no command before this line");
        }
        switch (word) {
            case "from" -> command.from = Release.parse(rest);
            case "to" -> command.to = Release.parse(rest);
            case "exit" -> command.exit = Integer.parseInt(rest);
            case "env" -> {
                int equals = rest.indexOf('=');
                command.environment.put(rest.substring(0, equals), rest.substring(equals + 1));
            }
            case "input" -> command.input = indented();
            case "ready" -> command.readyWhen = LinePattern.regex(rest);
            case ">" -> command.out.lines.add(LinePattern.literal(rest));
            case "~" -> command.out.some.add(LinePattern.regex(rest));
            case "!~" -> command.out.none.add(LinePattern.regex(rest));
            case "2>" -> command.error.lines.add(LinePattern.literal(rest));
            case "2~" -> command.error.some.add(LinePattern.regex(rest));
            default -> throw new IllegalArgumentException("unknown: " + word);
        }
    }

    private void finishCommand() {
        if (draft != null) {
            steps.add(draft.finish());
            draft = null;
        }
    }

    private String indented() {
        var text = new StringBuilder();
        while (at < lines.size() && lines.get(at).startsWith("    ")) {
            text.append(lines.get(at++).substring(4)).append('\n');
        }
        return text.toString();
    }

    /** A command whose lines are being read. */
    private static final class Draft {

        final int line;
        final String text;
        final Map<String, String> environment = new HashMap<>();
        final Output out = new Output();
        final Output error = new Output();
        Release from = Release.FIRST;
        Release to = Release.LAST;
        int exit;
        String input = "";
        @Nullable LinePattern readyWhen;

        Draft(int line, String text) {
            this.line = line;
            this.text = text;
        }

        Command finish() {
            return new Command(
                    line,
                    text,
                    new Releases(from, to),
                    exit,
                    Map.copyOf(environment),
                    input,
                    out.expectation(),
                    error.expectation(),
                    Optional.ofNullable(readyWhen));
        }
    }

    private static final class Output {

        final List<LinePattern> lines = new ArrayList<>();
        final List<LinePattern> some = new ArrayList<>();
        final List<LinePattern> none = new ArrayList<>();

        Expectation expectation() {
            return new Expectation(
                    lines.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(lines)),
                    List.copyOf(some),
                    List.copyOf(none));
        }
    }
}
