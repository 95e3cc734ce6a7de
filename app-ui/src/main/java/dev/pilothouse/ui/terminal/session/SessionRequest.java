package dev.pilothouse.ui.terminal.session;

import dev.pilothouse.ui.cluster.ApiPaths;
import java.util.List;

/**
 * What is to be opened.
 *
 * @param namespace of the pod
 * @param pod its name
 * @param container the container's name
 * @param command what is run; empty attaches to what runs already
 * @param tty whether it is on a terminal
 */
public record SessionRequest(
        String namespace, String pod, String container, List<String> command, boolean tty) {

    /**
     * The best shell there is in a container. The terminal's type is set, because containers know
     * none.
     */
    public static final List<String> ANY_SHELL =
            List.of("sh", "-c", "TERM=xterm-256color exec $(command -v bash || command -v sh)");

    /**
     * Characters that commands must not have: java.net.http decodes and encodes the query of a
     * WebSocket once more on its way, which does not give them back (OpeningHandshake).
     */
    public static final String UNSENDABLE = "&;+%#";

    /** Keeps a copy of the command. */
    public SessionRequest {
        command = List.copyOf(command);
    }

    /** Path and query, as kubectl sends them: parameters by name. */
    public String path() {
        var path = new StringBuilder("/api/v1/namespaces/" + namespace + "/pods/" + pod);
        path.append(command.isEmpty() ? "/attach?" : "/exec?");
        command.forEach(
                part -> path.append("command=").append(ApiPaths.parameter(part)).append('&'));
        path.append("container=").append(ApiPaths.parameter(container));
        // On a terminal there is one stream for output and errors.
        path.append(
                tty ? "&stdin=true&stdout=true&tty=true" : "&stderr=true&stdin=true&stdout=true");
        return path.toString();
    }
}
