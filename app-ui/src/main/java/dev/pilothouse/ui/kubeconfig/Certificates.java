package dev.pilothouse.ui.kubeconfig;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Trust and identity in TLS of a context, as its files say at the moment. One thread at a time. */
final class Certificates {

    private static final char[] NO_PASSWORD = {};

    private String made = "";
    private @Nullable SSLContext tls;
    private @Nullable Instant end;

    /** Nothing is read yet. */
    Certificates() {}

    /**
     * Reads the files; the answer is the same one as before as long as they say the same.
     *
     * @param credential what an exec plugin has given out, null without one
     * @throws IOException when they cannot be used; the message is a sentence for people
     */
    SSLContext read(KubeContext context, @Nullable ObjectNode credential) throws IOException {
        ObjectNode cluster = context.cluster();
        ObjectNode user = context.user();
        byte[] authority = content(context, cluster, "certificate-authority");
        byte[] certificate = content(context, user, "client-certificate");
        byte[] key = content(context, user, "client-key");
        if (credential != null && !Json.text(credential, "clientKeyData").isEmpty()) {
            certificate = bytes(Json.text(credential, "clientCertificateData"));
            key = bytes(Json.text(credential, "clientKeyData"));
        }
        SSLContext before = tls;
        String print = print(authority, certificate, key);
        if (before != null && print.equals(made)) {
            return before;
        }
        SSLContext now = context(context, authority, certificate, key);
        tls = now;
        made = print;
        return now;
    }

    /** When the certificate of the user ends; null when the user has none. */
    @Nullable Instant end() {
        return end;
    }

    private SSLContext context(
            KubeContext context,
            byte @Nullable [] authority,
            byte @Nullable [] certificate,
            byte @Nullable [] key)
            throws IOException {
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(
                    keys(context, certificate, key),
                    new TrustManager[] {trust(context, authority)},
                    null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    Texts.text("kubeconfig.broken", context.name(), String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static X509ExtendedTrustManager trust(KubeContext context, byte @Nullable [] authority)
            throws GeneralSecurityException, IOException {
        ObjectNode cluster = context.cluster();
        if (cluster.path("insecure-skip-tls-verify").asBoolean(false)) {
            return Trust.anyone();
        }
        X509ExtendedTrustManager trust =
                Trust.of(
                        authority == null
                                ? null
                                : certificates(
                                        context, cluster, "certificate-authority", authority));
        String name = Json.text(cluster, "tls-server-name");
        return name.isEmpty() ? trust : Trust.named(trust, name);
    }

    private KeyManager @Nullable [] keys(
            KubeContext context, byte @Nullable [] certificate, byte @Nullable [] key)
            throws GeneralSecurityException, IOException {
        end = null;
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new IOException(
                    Texts.text(
                            "kubeconfig.half",
                            context.userName(),
                            context.userFile(),
                            certificate == null ? "client-certificate" : "client-key"));
        }
        List<X509Certificate> chain =
                certificates(context, context.user(), "client-certificate", certificate);
        end = chain.getFirst().getNotAfter().toInstant();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try {
            store.setKeyEntry(
                    "client", Pem.key(key), NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw unusable(context, context.user(), "client-key", e);
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static List<X509Certificate> certificates(
            KubeContext context, ObjectNode node, String key, byte[] pem) throws IOException {
        try {
            List<X509Certificate> found = Pem.certificates(pem);
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            throw unusable(context, node, key, e);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        throw unusable(context, node, key, null);
    }

    private static IOException unusable(
            KubeContext context, ObjectNode node, String key, @Nullable Exception why) {
        return new IOException(
                Texts.text(
                        "kubeconfig.unusable",
                        Json.text(node, key + "-data").isEmpty()
                                ? Json.text(node, key)
                                : key + "-data",
                        file(context, node),
                        key.equals("client-key")
                                ? Texts.text("kubeconfig.key")
                                : Texts.text("kubeconfig.certificate")),
                why);
    }

    /** The bytes of a field: inline, which wins, or in the file that it names. */
    private static byte @Nullable [] content(KubeContext context, ObjectNode node, String key)
            throws IOException {
        String data = Json.text(node, key + "-data");
        if (!data.isEmpty()) {
            try {
                return Base64.getMimeDecoder().decode(data);
            } catch (IllegalArgumentException e) {
                throw unusable(context, node, key, e);
            }
        }
        String file = Json.text(node, key);
        return file.isEmpty() ? null : readFile(file, file(context, node), key);
    }

    /**
     * Reads a file that a kubeconfig names.
     *
     * @param kubeconfig that names it
     * @param key of the field that names it
     * @throws IOException when it cannot be read; the message is a sentence for people
     */
    static byte[] readFile(String file, Path kubeconfig, String key) throws IOException {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IOException(Texts.text("kubeconfig.noFile", file, kubeconfig, key), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(Texts.text("kubeconfig.unreadable", file, kubeconfig, key), e);
        }
    }

    private static Path file(KubeContext context, ObjectNode node) {
        return node.equals(context.user()) ? context.userFile() : context.file();
    }

    private static String print(byte[] @Nullable ... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte @Nullable [] part : parts) {
                digest.update(bytes((part == null ? -1 : part.length) + ":"));
                digest.update(part == null ? new byte[0] : part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
