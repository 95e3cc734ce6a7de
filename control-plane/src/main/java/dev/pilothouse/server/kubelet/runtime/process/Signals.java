package dev.pilothouse.server.kubelet.runtime.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends Unix signals. Java knows neither process groups nor signals other than two. */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /** Processes and, when there is one, a group; zero would mean our own group. */
    static List<Long> targets(long leader, List<Long> others) {
        List<Long> targets = new ArrayList<>();
        if (leader > 1) {
            targets.add(-leader);
        }
        others.stream().filter(pid -> pid > 1).forEach(targets::add);
        return targets;
    }

    /** Sends a signal to processes, and to the groups whose ids are below zero. */
    static void send(String signal, List<Long> targets) {
        if (targets.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>();
        command.add("/bin/sh");
        command.add("-c");
        // One by one, so that a process that has gone does not keep the others.
        command.add("s=$1; shift; for p; do kill -s \"$s\" -- \"$p\" 2>/dev/null; done; exit 0");
        command.add("sh");
        command.add(signal);
        targets.forEach(target -> command.add(Long.toString(target)));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(Redirect.from(new File("/dev/null")))
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start();
            process.waitFor();
        } catch (IOException e) {
            LOG.warn("signal {} could not be sent to {}: {}", signal, targets, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
