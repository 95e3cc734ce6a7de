package dev.pilothouse.ui.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.cluster.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kubeconfig files that are broken: each is named, with what to do about it. */
class BrokenKubeConfigTest {

    private static final String CLUSTERS =
            "clusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\"}}]\n";
    private static final String CONTEXTS =
            "contexts: [{name: x, context: {cluster: c, user: u}}]\n";

    @TempDir Path directory;

    private KubeConfigs read(String yaml) throws IOException {
        return KubeConfigs.read(List.of(write("config", yaml)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private KubeContext user(String user) throws IOException {
        KubeConfigs read = read(CLUSTERS + CONTEXTS + "users: [{name: u, user: " + user + "}]");
        assertEquals(List.of(), read.problems());
        return read.contexts().getFirst();
    }

    private static String refusal(KubeContext context) {
        return String.valueOf(
                assertThrows(IOException.class, () -> Connector.access(context, Access.Marks.NONE))
                        .getMessage());
    }

    private static void says(String sentence, String... parts) {
        for (String part : parts) {
            assertTrue(sentence.contains(part), part + " is not in: " + sentence);
        }
    }

    private String onlyProblem(KubeConfigs read) {
        assertEquals(List.of(), read.contexts());
        assertEquals(1, read.problems().size());
        String problem = read.problems().getFirst();
        says(problem, directory.resolve("config").toString());
        return problem;
    }

    @Test
    void whatIsNotYamlIsToldWithTheLine() throws IOException {
        says(
                onlyProblem(read("clusters:\n- name: c\n  cluster: {server: [\n")),
                "not valid YAML",
                "line",
                "Correct it there");
    }

    @ParameterizedTest
    @CsvSource({"'just words'", "'- a\n- b'", "'42'"})
    void whatIsNoKubeconfigIsTold(String text) throws IOException {
        says(onlyProblem(read(text)), "is not a kubeconfig", "Restore it");
    }

    @Test
    void anEmptyFileIsAnEmptyKubeconfig() throws IOException {
        assertEquals(List.of(), read("").contexts());
        assertEquals(List.of(), read("# nothing\n").contexts());
    }

    @Test
    void bytesThatAreNoTextAreTold() throws IOException {
        Path file = Files.write(directory.resolve("config"), new byte[] {0, (byte) 0xff, 1, 2});

        KubeConfigs read = KubeConfigs.read(List.of(file));

        assertEquals(1, read.problems().size());
        says(read.problems().getFirst(), file.toString());
    }

    @Test
    void aDirectoryIsTold() throws IOException {
        Files.createDirectory(directory.resolve("config"));

        says(
                onlyProblem(KubeConfigs.read(List.of(directory.resolve("config")))),
                "cannot be read",
                "belongs to you");
    }

    @Test
    void aContextWithoutItsClusterIsTold() throws IOException {
        says(
                onlyProblem(read(CONTEXTS + "users: [{name: u, user: {}}]")),
                "context \u201cx\u201d names the cluster \u201cc\u201d",
                "Add it under");
    }

    @Test
    void aContextWithoutItsUserIsTold() throws IOException {
        says(
                onlyProblem(read(CLUSTERS + CONTEXTS)),
                "context \u201cx\u201d names the user \u201cu\u201d",
                "Add it under");
    }

    @Test
    void listsThatAreNoListsAreNoReasonToStop() throws IOException {
        assertEquals(List.of(), read("clusters: x\nusers: {a: b}\ncontexts: 3\n").contexts());
    }

    @Test
    void aMissingAuthorityIsNamedWithTheFileThatNamesIt() throws IOException {
        KubeConfigs read =
                read(
                        "clusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\","
                                + " certificate-authority: ca.crt}}]\n"
                                + CONTEXTS
                                + "users: [{name: u, user: {}}]");

        says(
                refusal(read.contexts().getFirst()),
                directory.resolve("ca.crt") + " does not exist",
                directory.resolve("config") + " names as certificate-authority");
    }

    @ParameterizedTest
    @CsvSource({
        "'{client-certificate-data: \"AAAA\", client-key-data: \"AAAA\"}', is no certificate",
        "'{client-certificate-data: \"!\"}', has no client-key",
        "'{client-key-data: \"AAAA\"}', has no client-certificate",
        "'{client-certificate: gone.crt, client-key: gone.key}', gone.crt does not exist",
        "'{tokenFile: gone}', gone does not exist",
        "'{token: \"a b\u00e9\"}', has characters that no token has"
    })
    void usersThatCannotBeUsedAreTold(String user, String words) throws Exception {
        KubeContext context = user(user);

        IOException refused =
                assertThrows(
                        IOException.class,
                        () -> Connector.access(context, Access.Marks.NONE).headers().get());

        says(String.valueOf(refused.getMessage()), words, directory.resolve("config").toString());
    }

    @ParameterizedTest
    @CsvSource({"''", "example.org", "'ftp://example.org'", "'https://a b'", "'https:///x'"})
    void addressesThatAreNoneAreTold(String server) throws IOException {
        KubeConfigs read =
                read(
                        "clusters: [{name: c, cluster: {server: \""
                                + server
                                + "\"}}]\n"
                                + CONTEXTS
                                + "users: [{name: u, user: {}}]");

        says(
                refusal(read.contexts().getFirst()),
                "no address that can be used",
                "correct server in " + directory.resolve("config"));
    }

    @Test
    void aProgramThatFailsIsToldWithItsLastWords() throws IOException {
        program(
                "for i in $(seq 20000); do echo noise >&2; done; echo 'Please log in.' >&2; exit 4");

        String sentence = refusal(user("{exec: {command: ./login}}"));

        says(sentence, "ended with 4", "Run it in a terminal", "Please log in.");
        assertTrue(sentence.length() < 900, "too long: " + sentence.length());
    }

    @ParameterizedTest
    @CsvSource({
        "echo rubbish",
        "exit 0",
        "'echo []'",
        "'echo {}'",
        "'head -c 100000 /dev/zero'",
        "'echo \"{\\\"status\\\": {}}\"'"
    })
    void aProgramThatPrintsRubbishIsTold(String script) throws IOException {
        program(script);

        says(
                refusal(user("{exec: {command: ./login}}")),
                "./login",
                "not an ExecCredential",
                "Run it in a terminal");
    }

    @Test
    void aProgramThatFailsIsNotAskedAgainForEveryView() throws Exception {
        Path count = directory.resolve("count");
        program(
                "echo x >> '%1$s'; [ $(wc -l < '%1$s') = 1 ] && echo \"$GOOD\" || exit 1"
                        .formatted(count));
        KubeContext context =
                user(
                        "{exec: {command: ./login, env: [{name: GOOD, value:"
                                + " '{\"status\": {\"token\": \"t\"}}'}]}}");
        Access.Headers headers = Connector.access(context, Access.Marks.NONE).headers();
        Map<String, List<String>> refused = headers.get();

        for (int view = 0; view < 5; view++) {
            IOException failed = assertThrows(IOException.class, () -> headers.renewed(refused));
            says(String.valueOf(failed.getMessage()), "ended with 1");
        }

        assertEquals(2, Files.readAllLines(count).size());
    }

    @Test
    void aNewTokenInTheKubeconfigIsTaken() throws Exception {
        Access.Headers headers =
                Connector.access(user("{token: old}"), Access.Marks.NONE).headers();
        Map<String, List<String>> refused = headers.get();
        says(headers.renewal(), "Sign in again", directory.resolve("config").toString());
        assertEquals(refused, headers.renewed(refused));

        user("{token: new}");

        assertEquals(List.of("Bearer new"), headers.renewed(refused).get("Authorization"));
        // What was good remains when the file breaks.
        write("config", "users: [");
        assertEquals(List.of("Bearer new"), headers.renewed(Map.of()).get("Authorization"));
        write("config", CLUSTERS);
        assertNotEquals(refused, headers.renewed(headers.get()));
    }

    private void program(String script) throws IOException {
        Path program = write("login", "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }
}
