package dev.pilothouse.ui.kubeconfig;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Turns a context into access to its cluster, as kubectl understands its fields. */
public final class Connector {

    private static final char[] NO_PASSWORD = {};

    private Connector() {}

    /**
     * The access that a context describes; runs its exec plugin if it has one. Blocks.
     *
     * @throws IOException when it cannot be used; the message is a sentence for people
     */
    public static Access access(KubeContext context, Access.Marks marks)
            throws IOException, InterruptedException {
        ObjectNode user = context.user();
        if (user.has("auth-provider")) {
            throw new IOException(
                    Texts.text(
                            "kubeconfig.authProvider", Json.text(user, "auth-provider", "name")));
        }
        try {
            URI endpoint = URI.create(context.server());
            if (endpoint.getHost() == null) {
                throw new IOException(Texts.text("kubeconfig.server", context.server()));
            }
            UserHeaders headers = new UserHeaders(context);
            ObjectNode credential = headers.credential();
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys(user, credential), new TrustManager[] {trust(context.cluster())}, null);
            String proxy = Json.text(context.cluster(), "proxy-url");
            return new Access(
                    context.name(),
                    endpoint,
                    tls,
                    proxy.isEmpty() ? null : URI.create(proxy),
                    headers,
                    marks);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    Texts.text("kubeconfig.broken", context.name(), String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static X509ExtendedTrustManager trust(ObjectNode cluster)
            throws GeneralSecurityException, IOException {
        if (cluster.path("insecure-skip-tls-verify").asBoolean(false)) {
            return Trust.anyone();
        }
        byte[] authority = content(cluster, "certificate-authority");
        X509ExtendedTrustManager trust =
                Trust.of(authority == null ? null : Pem.certificates(authority));
        String name = Json.text(cluster, "tls-server-name");
        return name.isEmpty() ? trust : Trust.named(trust, name);
    }

    private static KeyManager @Nullable [] keys(ObjectNode user, @Nullable ObjectNode credential)
            throws GeneralSecurityException, IOException {
        byte[] certificate = content(user, "client-certificate");
        byte[] key = content(user, "client-key");
        if (credential != null && !Json.text(credential, "clientKeyData").isEmpty()) {
            certificate = bytes(Json.text(credential, "clientCertificateData"));
            key = bytes(Json.text(credential, "clientKeyData"));
        }
        if (certificate == null || key == null) {
            return null;
        }
        List<X509Certificate> chain = Pem.certificates(certificate);
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry(
                "client", Pem.key(key), NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** The bytes of a field: inline, which wins, or in the file that it names. */
    private static byte @Nullable [] content(ObjectNode node, String key) throws IOException {
        String data = Json.text(node, key + "-data");
        if (!data.isEmpty()) {
            return Base64.getMimeDecoder().decode(data);
        }
        String file = Json.text(node, key);
        return file.isEmpty() ? null : Files.readAllBytes(Path.of(file));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
