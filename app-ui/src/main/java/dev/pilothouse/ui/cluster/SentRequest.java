package dev.pilothouse.ui.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A request that has been sent, and what came of it.
 *
 * @param at when it was sent
 * @param server scheme, host and port
 * @param method the HTTP method
 * @param path path and query
 * @param contentType the form of the body, empty without one
 * @param body the body; not to be written
 * @param status the HTTP status of the answer, 0 when there was none
 * @param took until the head of the answer
 */
public record SentRequest(
        Instant at,
        String server,
        String method,
        String path,
        String contentType,
        byte[] body,
        int status,
        Duration took) {

    /** A command that sends the same with curl, as the user of a kubeconfig's certificate files. */
    public String asCurl() {
        StringBuilder command =
                new StringBuilder("curl --cacert ca.crt --cert tls.crt --key tls.key");
        if (!method.equals("GET")) {
            command.append(" -X ").append(method);
        }
        if (!contentType.isEmpty()) {
            command.append(" -H ").append(quoted("Content-Type: " + contentType));
        }
        if (body.length > 0) {
            command.append(" -d ").append(quoted(new String(body, StandardCharsets.UTF_8)));
        }
        return command.append(' ').append(quoted(server + path)).toString();
    }

    /** A kubectl command that sends the same path; only reading is possible this way. */
    public String asKubectl() {
        return "kubectl get --raw " + quoted(path);
    }

    /** Whether {@link #asKubectl} can say it. */
    public boolean isRead() {
        return method.equals("GET");
    }

    /** For a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
