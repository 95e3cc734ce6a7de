package dev.pilothouse.server.kubeconfig;

import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The administrator's kubeconfig in the data directory: one cluster, one user, one context, all
 * credentials inside, so that the file alone is enough.
 */
public final class KubeconfigFile {

    /** The file's name in the data directory. */
    public static final String NAME = "kubeconfig";

    /** The name of cluster, user and context. */
    public static final String CONTEXT = "pilothouse";

    private KubeconfigFile() {}

    /**
     * Writes the file, readable by its owner only; an unchanged one is left alone.
     *
     * @return its path
     */
    public static Path write(Path dataDirectory, URI endpoint, ClusterPki pki) throws IOException {
        Path file = dataDirectory.resolve(NAME);
        String text = text(endpoint, pki);
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            AtomicFile.replace(file, text);
        }
        return file;
    }

    /**
     * The server a kubeconfig written by {@link #write} points to.
     *
     * @throws IOException when it is not such a file
     */
    public static URI endpoint(Path kubeconfig) throws IOException {
        return KubeconfigEntries.read(kubeconfig, Files.readString(kubeconfig)).endpoint();
    }

    private static String text(URI endpoint, ClusterPki pki) throws IOException {
        return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: %1$s
          cluster:
            certificate-authority-data: %2$s
            server: %3$s
        contexts:
        - name: %1$s
          context:
            cluster: %1$s
            user: %1$s
        current-context: %1$s
        preferences: {}
        users:
        - name: %1$s
          user:
            client-certificate-data: %4$s
            client-key-data: %5$s
        """
                .formatted(
                        CONTEXT,
                        base64(pki.authorityPem()),
                        endpoint,
                        base64(pki.adminCertificatePem()),
                        base64(pki.adminKeyPem()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
