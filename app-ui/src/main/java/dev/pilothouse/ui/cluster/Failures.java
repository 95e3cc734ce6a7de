package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Says in sentences what went wrong between here and a server, and what can be done about it. */
final class Failures {

    private static final int LONGEST = 600;

    /** How Kubernetes' RBAC and node authorizers say no; what admission refuses reads otherwise. */
    private static final Pattern NOT_ALLOWED =
            Pattern.compile(
                    "User \"(.*?)\" cannot (\\S+) resource \"([^\"]+)\" in API group \"([^\"]*)\""
                            + "(?: in the namespace \"([^\"]*)\"| at the cluster scope)?");

    private Failures() {}

    /** Why no answer came, or why none can be understood. */
    static String sentence(Exception failure, URI endpoint) {
        String server = endpoint.getAuthority();
        if (failure instanceof Told) {
            return String.valueOf(failure.getMessage());
        }
        if (has(failure, UnresolvedAddressException.class)
                || has(failure, UnknownHostException.class)) {
            return Texts.text("cluster.unknownHost", String.valueOf(endpoint.getHost()));
        }
        if (failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof NoRouteToHostException) {
            return Texts.text("cluster.noAnswer", server);
        }
        if (failure instanceof HttpTimeoutException) {
            return Texts.text("cluster.slow", server);
        }
        if (failure instanceof JacksonException) {
            return Texts.text("cluster.nonsense", server);
        }
        if (failure instanceof SSLException) {
            return tls(failure, server);
        }
        if (failure instanceof IOException) {
            return Texts.text("cluster.brokenOff", server, cut(text(failure)));
        }
        return Texts.text("cluster.unexpected", server, cut(failure.toString()));
    }

    private static String tls(Exception failure, String server) {
        String said = text(failure);
        if (said.contains("Unsupported or unrecognized SSL message")
                || said.contains("plaintext connection")) {
            return Texts.text("cluster.notTls", server);
        }
        if (has(failure, CertificateExpiredException.class)) {
            return Texts.text("cluster.serverExpired", server);
        }
        if (has(failure, CertPathValidatorException.class)
                || has(failure, CertificateException.class)) {
            return Texts.text("cluster.untrusted", server, cut(said));
        }
        return Texts.text("cluster.tls", server, cut(said));
    }

    /** Whether a server has ended the handshake because of the client's certificate. */
    static boolean isAboutIdentity(@Nullable Throwable failure) {
        // The alerts of TLS 1.3 (RFC 8446, section 6.2) that say so.
        if (!(failure instanceof SSLException refused)) {
            return false;
        }
        String said = text(refused).toLowerCase(Locale.ROOT);
        return said.contains("alert")
                && (said.contains("certificate") || said.contains("access_denied"));
    }

    private static boolean has(@Nullable Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.strip();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
    }

    /** What the server says in its Status, or else its code; and what to do. */
    static RefusedException refusal(
            String path, int code, HttpHeaders headers, byte[] body, String renewal) {
        ObjectNode status = Json.object();
        try {
            if (Json.parse(body) instanceof ObjectNode read) {
                status = read;
            }
        } catch (JacksonException e) {
            // Not a Status; the code has to do.
        }
        int wait = retryAfter(headers);
        String said = cut(Json.text(status, "message"));
        String message =
                switch (code) {
                    case RefusedException.UNAUTHORIZED ->
                            Texts.text("cluster.unauthorized", renewal).strip();
                    case RefusedException.FORBIDDEN -> forbidden(said, path);
                    case RefusedException.TOO_MANY ->
                            wait == 0 && !said.isEmpty() ? said : tooMany(said, wait);
                    default -> said.isEmpty() ? byCode(code, path, headers) : withAdvice(said);
                };
        return new RefusedException(code, message, status, wait);
    }

    /** The server does not accept the certificate and says so in the handshake. */
    static RefusedException unauthorized(String renewal) {
        return new RefusedException(
                RefusedException.UNAUTHORIZED,
                Texts.text("cluster.unauthorized", renewal).strip(),
                Json.object(),
                0);
    }

    private static String forbidden(String said, String path) {
        Matcher not = NOT_ALLOWED.matcher(said);
        if (!not.find()) {
            return said.isEmpty() ? Texts.text("cluster.refused", "403", path) : said;
        }
        String namespace = not.group(5);
        String resource = not.group(3) + (not.group(4).isEmpty() ? "" : "." + not.group(4));
        String where =
                namespace == null || namespace.isEmpty()
                        ? Texts.text("cluster.forbidden.everywhere")
                        : Texts.text("cluster.forbidden.namespace", namespace);
        String verb = not.group(2);
        boolean follows = verb.equals("list") || verb.equals("watch");
        return Texts.text(
                "cluster.forbidden",
                not.group(1),
                verb,
                resource,
                where,
                follows ? "get, list, watch" : verb);
    }

    private static String tooMany(String said, int wait) {
        return Texts.text("cluster.tooMany", wait, said).strip();
    }

    private static String withAdvice(String said) {
        return said.equals("the server could not find the requested resource")
                ? Texts.text("cluster.noSuchKind", said)
                : said;
    }

    private static String byCode(int code, String path, HttpHeaders headers) {
        String to = headers.firstValue("Location").orElse("");
        if (code < 400 && !to.isEmpty()) {
            return Texts.text("cluster.redirected", path, cut(to));
        }
        return Texts.text(
                switch (code) {
                    case 413 -> "cluster.tooLarge";
                    case 502, 503, 504 -> "cluster.unavailable";
                    default -> "cluster.refused";
                },
                String.valueOf(code),
                path);
    }

    /** The seconds that a server asks to wait (RFC 9110, section 10.2.3); 0 when it asks not. */
    private static int retryAfter(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("");
        return value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0;
    }

    /** Whose message is a sentence for people already. */
    static final class Told extends IOException {

        private static final long serialVersionUID = 1L;

        Told(String sentence, @Nullable Throwable cause) {
            super(sentence, cause);
        }
    }
}
