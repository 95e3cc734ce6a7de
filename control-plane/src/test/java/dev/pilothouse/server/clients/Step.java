package dev.pilothouse.server.clients;

import java.util.Map;
import java.util.Optional;

/** A step of a {@link ClientScript}. */
sealed interface Step {

    /** The line of the script it begins in. */
    int line();

    /** Writes a file into the working directory. */
    record WriteFile(int line, String name, String content) implements Step {}

    /**
     * Runs a command.
     *
     * @param readyWhen for a command in the background: the script goes on when such a line has
     *     come
     */
    record Command(
            int line,
            String text,
            Releases releases,
            int exit,
            Map<String, String> environment,
            String input,
            Expectation out,
            Expectation error,
            Optional<LinePattern> readyWhen)
            implements Step {}

    /** Waits until the command in the background has said what it should, and ends it. */
    record EndBackground(int line) implements Step {}

    /** The releases of the client a command is for, both ends included. */
    record Releases(Release from, Release to) {
        boolean contain(Release release) {
            return from.compareTo(release) <= 0 && to.compareTo(release) >= 0;
        }
    }
}
