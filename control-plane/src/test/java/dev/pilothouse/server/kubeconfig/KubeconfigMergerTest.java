package dev.pilothouse.server.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class KubeconfigMergerTest {

    private static final String WORK =
            """
            # my clusters, do not touch
            apiVersion: v1
            kind: Config
            clusters:
            - cluster:
                server: https://work.example:6443   # behind the VPN
                extensions:
                - name: vendor
                  extension: {color: red}
              name: work
            contexts:
              # production!
              - context:
                  cluster: work
                  user: me
                name: work
            current-context: work
            preferences:
              colors: true
            users:
            - name: me
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  args: [a, "b c"]
                  command: login

            # the end
            """;

    @TempDir private Path directory;
    private Path own;
    private Path user;

    @BeforeEach
    void writeOwn() throws IOException {
        own = own("data", "Q0E=", 6443);
        user = directory.resolve("home/.kube/config");
        Files.createDirectories(user.getParent());
    }

    @Test
    void makesMissingFileForItsOwnerOnly() throws IOException {
        assertEquals("pilothouse", KubeconfigMerger.merge(own, user));

        assertEquals("pilothouse", Json.text(tree(), "current-context"));
        assertTrue(Files.readString(user).startsWith("apiVersion: v1\n"));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(user)));
        assertFalse(Files.exists(user.resolveSibling("config.lock")));
    }

    @Test
    void keepsEveryLineOfOthers() throws IOException {
        Files.writeString(user, WORK);

        KubeconfigMerger.merge(own, user);

        Iterator<String> old = WORK.lines().iterator();
        String next = old.next();
        for (String line : Files.readString(user).lines().toList()) {
            if (line.equals(next)) {
                next = old.hasNext() ? old.next() : "every line was found in order";
            }
        }
        assertEquals("every line was found in order", next);
        assertEquals("work", Json.text(tree(), "current-context"));
        assertEquals(2, Json.objects(tree(), "contexts").size());
        assertEquals(WORK, Files.readString(user.resolveSibling("config.bak")));
    }

    @Test
    void changesNothingTheSecondTime() throws IOException {
        Files.writeString(user, WORK);
        KubeconfigMerger.merge(own, user);
        String once = Files.readString(user);

        KubeconfigMerger.merge(own, user);

        assertEquals(once, Files.readString(user));
        assertEquals(WORK, Files.readString(user.resolveSibling("config.bak")));
    }

    @Test
    void updatesPortAndKeepsNamespaceChosenByTheUser() throws IOException {
        Files.writeString(user, WORK);
        KubeconfigMerger.merge(own, user);
        Files.writeString(
                user,
                Files.readString(user)
                        .replace(
                                "cluster: pilothouse\n",
                                "cluster: pilothouse\n      namespace: dev # mine\n"));

        KubeconfigMerger.merge(own("data", "Q0E=", 7443), user);

        ObjectNode context = Json.objects(tree(), "contexts").get(1);
        assertEquals("dev", Json.text(context, "context", "namespace"));
        ObjectNode cluster = Json.objects(tree(), "clusters").get(1);
        assertEquals("https://127.0.0.1:7443", Json.text(cluster, "cluster", "server"));
        assertEquals(2, Json.objects(tree(), "clusters").size());
        assertTrue(Files.readString(user).contains("# behind the VPN"));
        assertTrue(Files.readString(user).contains("namespace: dev # mine"));
    }

    @Test
    void replacesOwnEntryAfterNewAuthority() throws IOException {
        KubeconfigMerger.merge(own, user);

        assertEquals("pilothouse", KubeconfigMerger.merge(own("data", "T1RIRVI=", 6443), user));

        assertEquals(1, Json.objects(tree(), "clusters").size());
    }

    @Test
    void takesNextNameBesideAnotherCluster() throws IOException {
        KubeconfigMerger.merge(own, user);

        assertEquals("pilothouse-2", KubeconfigMerger.merge(own("other", "T1RIRVI=", 6444), user));

        assertEquals("pilothouse", Json.text(tree(), "current-context"));
        assertEquals(
                "pilothouse-2",
                Json.text(Json.objects(tree(), "contexts").get(1), "context", "cluster"));
    }

    @Test
    void doesNotTakeNameOfForeignUser() throws IOException {
        Files.writeString(user, "kind: Config\nusers:\n- name: pilothouse\n  user: {token: x}\n");

        assertEquals("pilothouse-2", KubeconfigMerger.merge(own, user));

        assertEquals("x", Json.text(Json.objects(tree(), "users").get(0), "user", "token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: v1\nkind: Config\nclusters: []\ncontexts: null\nusers: []\n"
                        + "current-context: \"\"\nx-mine: {a: [1, 2]}\n",
                "{apiVersion: v1, kind: Config, clusters: [{name: c, cluster: {server: s}}],"
                        + " x-mine: {a: [1, 2]}}\n",
                "{\"apiVersion\":\"v1\",\"kind\":\"Config\",\"users\":null,"
                        + "\"x-mine\":{\"a\":[1,2]}}",
                "clusters:\n- name: c\n  cluster: {server: s}\nx-mine:\n  a:\n  - 1\n  - 2",
                "---\nclusters: [{name: c, cluster: {server: s}}]\nx-mine: {a: [1, 2]}\n...\n",
                "kind: Config\r\nclusters:\r\n- name: c\r\n  cluster:\r\n    server: s\r\n"
                        + "x-mine: {a: [1, 2]}\r\n",
                "current-context:\nx-mine: {a: [1, 2]}\nusers:\n    -   name: u\n"
                        + "        user:\n            token: |\n                a\n"
                        + "                # b\n"
            })
    void keepsMeaningInAnyStyle(String before) throws IOException {
        Files.writeString(user, before);
        ObjectNode present = KubeconfigYaml.parse(user, before);

        KubeconfigMerger.merge(own, user);

        ObjectNode after = tree();
        assertEquals("pilothouse", Json.text(after, "current-context"));
        assertEquals("[1,2]", Json.string(after.path("x-mine").path("a")));
        for (String list : List.of("clusters", "contexts", "users")) {
            List<ObjectNode> old = Json.objects(present, list);
            assertEquals(old, Json.objects(after, list).subList(0, old.size()));
            assertEquals(old.size() + 1, Json.objects(after, list).size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clusters: [",
                "just text",
                "kind: Deployment\n",
                "a: 1\na: 2\n",
                "kind: Config\n---\nkind: Config\n",
                "{kind: Config, a: &x {b: 1}, c: *x}\n"
            })
    void refusesWhatItCannotKeep(String before) throws IOException {
        Files.writeString(user, before);

        IOException refused =
                assertThrows(IOException.class, () -> KubeconfigMerger.merge(own, user));

        assertTrue(refused.getMessage().contains(user.toString()), refused.getMessage());
        assertEquals(before, Files.readString(user));
        assertFalse(Files.exists(user.resolveSibling("config.bak")));
        assertFalse(Files.exists(user.resolveSibling("config.lock")));
    }

    @Test
    void waitsForNobodyWhoHoldsTheLock() throws IOException {
        Files.createFile(user.resolveSibling("config.lock"));

        IOException refused =
                assertThrows(IOException.class, () -> KubeconfigMerger.merge(own, user));

        assertTrue(refused.getMessage().contains("config.lock"));
        assertTrue(Files.exists(user.resolveSibling("config.lock")));
    }

    @Test
    void followsLinkAndKeepsPermissions() throws IOException {
        Path real = directory.resolve("dotfiles-kubeconfig");
        Files.writeString(real, WORK);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(user, real);

        KubeconfigMerger.merge(own, user);

        assertTrue(Files.isSymbolicLink(user));
        assertTrue(Files.readString(real).contains("pilothouse"));
        assertEquals(
                "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    }

    @Test
    void choosesFirstFileOfTheVariable() {
        String variable = File.pathSeparator + "/a/b" + File.pathSeparator + "/c";

        assertEquals(Path.of("/a/b"), KubeconfigMerger.userFile(Map.of("KUBECONFIG", variable)));
        assertTrue(KubeconfigMerger.userFile(Map.of()).endsWith(".kube/config"));
    }

    @Test
    void kubectlReadsTheResult() throws Exception {
        Files.writeString(user, WORK);
        KubeconfigMerger.merge(own, user);
        Process kubectl;
        try {
            kubectl =
                    new ProcessBuilder(
                                    "kubectl", "config", "view", "--kubeconfig=" + user, "-o=json")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            Assumptions.abort("kubectl is not installed");
            return;
        }
        ObjectNode view = (ObjectNode) Json.parse(kubectl.getInputStream().readAllBytes());

        assertTrue(kubectl.waitFor(10, TimeUnit.SECONDS));
        assertEquals(2, Json.objects(view, "contexts").size());
        assertEquals("work", Json.text(view, "current-context"));
    }

    private ObjectNode tree() throws IOException {
        return KubeconfigYaml.parse(user, Files.readString(user));
    }

    private Path own(String data, String authority, int port) throws IOException {
        Path file = directory.resolve(data).resolve(KubeconfigFile.NAME);
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                """
                clusters:
                - name: pilothouse
                  cluster: {certificate-authority-data: %s, server: "https://127.0.0.1:%d"}
                users:
                - name: pilothouse
                  user: {client-certificate-data: QQ==, client-key-data: QQ==}
                """
                        .formatted(authority, port));
    }
}
