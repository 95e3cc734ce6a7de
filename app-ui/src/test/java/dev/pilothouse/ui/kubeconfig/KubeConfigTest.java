package dev.pilothouse.ui.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Access;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kubeconfig files mean, field by field. */
class KubeConfigTest {

    @TempDir Path directory;

    @Test
    void mergesFilesAndTheFirstCounts() throws IOException {
        Path one = write("one", "https://one", "first");
        Path two = write("two", "https://two", "second");

        KubeConfigs read = KubeConfigs.read(List.of(one, directory.resolve("missing"), two));

        assertEquals(
                List.of("first", "second"),
                read.contexts().stream().map(KubeContext::name).toList());
        // Both files call their cluster c.
        assertEquals("https://one", read.contexts().getLast().server());
    }

    @Test
    void aBrokenFileIsToldAndDoesNotHideTheOthers() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken"), "clusters: [");
        Path good = write("good", "https://good", "x");

        KubeConfigs read = KubeConfigs.read(List.of(broken, good));

        assertEquals(1, read.contexts().size());
        assertEquals(1, read.problems().size());
        assertTrue(read.problems().getFirst().startsWith(broken.toString()));
    }

    @Test
    void pathsAreRelativeToTheirFile() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("config"),
                        """
                        clusters: [{name: c, cluster: {server: "https://x", certificate-authority: ca.crt}}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        users: [{name: u, user: {tokenFile: token}}]
                        """);
        KubeContext context = KubeConfigs.read(List.of(file)).contexts().getFirst();

        assertEquals(
                directory.resolve("ca.crt").toString(),
                Json.text(context.cluster(), "certificate-authority"));
        assertEquals(directory.resolve("token").toString(), Json.text(context.user(), "tokenFile"));
    }

    @Test
    void theVariableNamesSeveralFiles() {
        assertEquals(
                List.of(Path.of("a"), Path.of("b")),
                KubeConfigs.files("a" + File.pathSeparator + "b", directory));
        assertEquals(List.of(directory.resolve(".kube/config")), KubeConfigs.files("", directory));
    }

    @Test
    void readsTokensFromTheirFileAsTheyAreRenewed() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "one\n");
        UserHeaders headers = new UserHeaders(user("{\"tokenFile\": \"" + token + "\"}"));
        assertEquals(Map.of("Authorization", List.of("Bearer one")), headers.get());

        Files.writeString(token, "two\n");

        assertEquals(Map.of("Authorization", List.of("Bearer two")), headers.get());
    }

    @Test
    void actsAsSomebodyElse() throws Exception {
        UserHeaders headers =
                new UserHeaders(
                        user(
                                """
                                {"username": "u", "password": "p", "as": "jane", "as-uid": "7",
                                 "as-groups": ["a", "b"], "as-user-extra": {"scopes": ["view"]}}
                                """));

        assertEquals(
                Map.of(
                        "Authorization", List.of("Basic dTpw"),
                        "Impersonate-User", List.of("jane"),
                        "Impersonate-Uid", List.of("7"),
                        "Impersonate-Group", List.of("a", "b"),
                        "Impersonate-Extra-scopes", List.of("view")),
                headers.get());
    }

    @Test
    void asksAProgramForATokenOnceAndAgainWhenItIsRefused() throws Exception {
        Path counter = directory.resolve("counter");
        Path program =
                Files.writeString(
                        directory.resolve("login"),
                        """
                        #!/bin/sh
                        echo x >> "$COUNTER"
                        n=$(wc -l < "$COUNTER" | tr -d ' ')
                        case "$KUBERNETES_EXEC_INFO" in *ExecCredential*) ;; *) exit 3;; esac
                        echo "{\\"apiVersion\\": \\"client.authentication.k8s.io/v1\\","
                        echo "\\"kind\\": \\"ExecCredential\\", \\"status\\": {\\"token\\": \\"$1-$n\\"}}"
                        """);
        assertTrue(program.toFile().setExecutable(true));
        UserHeaders headers =
                new UserHeaders(
                        user(
                                """
                                {"exec": {"apiVersion": "client.authentication.k8s.io/v1",
                                 "command": "./login", "args": ["token"],
                                 "env": [{"name": "COUNTER", "value": "%s"}]}}
                                """
                                        .formatted(counter)));

        assertEquals(List.of("Bearer token-1"), headers.get().get("Authorization"));
        assertEquals(List.of("Bearer token-1"), headers.get().get("Authorization"));
        assertEquals(
                List.of("Bearer token-2"), headers.renewed(headers.get()).get("Authorization"));
    }

    @Test
    void saysThatAuthProvidersAreGone() {
        IOException refused =
                assertThrows(
                        IOException.class,
                        () ->
                                Connector.access(
                                        user("{\"auth-provider\": {\"name\": \"gcp\"}}"),
                                        Access.Marks.NONE));

        assertTrue(refused.getMessage().contains("exec plugin"), refused.getMessage());
    }

    @Test
    void readsKeysAsOpensslWritesThem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        BigInteger secret = ((ECPrivateKey) pair.getPrivate()).getS();

        PrivateKey pkcs8 = Pem.key(pem("", pair.getPrivate().getEncoded()));
        PrivateKey sec1 = Pem.key(pem("EC ", sec1(secret)));

        assertEquals(pair.getPrivate(), pkcs8);
        assertEquals(secret, ((ECPrivateKey) sec1).getS());
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        PrivateKey key = rsa.generateKeyPair().getPrivate();
        byte[] encoded = key.getEncoded();
        // The key itself is the last element of PKCS #8, after 26 bytes.
        byte[] pkcs1 = Arrays.copyOfRange(encoded, 26, encoded.length);
        assertEquals(key, Pem.key(pem("RSA ", pkcs1)));
    }

    /** Version 1, the secret, and the curve secp256r1 (RFC 5915). */
    private static byte[] sec1(BigInteger secret) {
        byte[] number = secret.toByteArray();
        byte[] der = new byte[51];
        byte[] head = {0x30, 49, 2, 1, 1, 4, 32};
        byte[] tail = {(byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
        System.arraycopy(head, 0, der, 0, head.length);
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, der, 7 + 32 - length, length);
        System.arraycopy(tail, 0, der, 39, tail.length);
        return der;
    }

    private static byte[] pem(String kind, byte[] der) {
        return ("-----BEGIN "
                        + kind
                        + "PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END "
                        + kind
                        + "PRIVATE KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private KubeContext user(String json) {
        return new KubeContext(
                "x",
                directory.resolve("config"),
                "",
                Json.parseObject("{\"server\": \"https://127.0.0.1:1\"}"),
                Json.parseObject(json),
                "u",
                directory.resolve("config"),
                List.of());
    }

    private Path write(String name, String server, String context) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                """
                clusters: [{name: c, cluster: {server: "%s"}}]
                contexts: [{name: %s, context: {cluster: c, user: u}}]
                users: [{name: u, user: {}}]
                """
                        .formatted(server, context));
    }
}
