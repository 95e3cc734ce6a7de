package dev.pilothouse.server.clients;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.clients.ClientBinaries.Binary;
import dev.pilothouse.server.clients.apps.ShopApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application of two tiers lives as processes of this machine, while visitors never see a failed
 * request: it is scaled, rolled to a new version, undone, drained to another node and looked into;
 * then the control plane is killed, and on restart the same processes are there.
 */
@Tag("clients")
@Timeout(600)
class HostProcessAppTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path directory;

    private Binary kubectl;
    private ServerProcess server;

    static List<Binary> releases() {
        return ClientBinaries.find("kubectl", List.of("1.24", "1.32", "1.36"));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void livesThroughEverything(Binary release) throws Exception {
        kubectl = release;
        server = ServerProcess.start(directory, "--process-nodes", "2", "--simulated-nodes", "0");
        try {
            deploy();
            URI site =
                    URI.create(
                            "http://127.0.0.1:"
                                    + ask(
                                            "get service front -o jsonpath={.spec.ports[0].nodePort}"));
            try (Visitors visitors = new Visitors(site, 4)) {
                await().atMost(PATIENCE)
                        .until(() -> visitors.answersWith("welcome v1, stock of") > 0);
                change(visitors);
                look();
                assertEquals(List.of(), visitors.failures());
            }
            surviveKill(site);
            ask("delete deployment front stock --cascade=foreground --wait=true --timeout=90s");
            awaitTrue(() -> processes().isEmpty());
        } finally {
            server.close();
            processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy));
        }
    }

    private void deploy() throws Exception {
        try (InputStream in = HostProcessAppTest.class.getResourceAsStream("shop.yaml")) {
            Path classes =
                    Path.of(
                            ShopApp.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Files.writeString(
                    directory.resolve("shop.yaml"),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("${java}", java)
                            .replace("${mark}", mark())
                            .replace("${classes}", classes.toString()));
        }
        awaitTrue(() -> ask("get nodes -o name").lines().count() == 2);
        ask("wait --for=condition=Ready node/local node/local-2 --timeout=60s");
        ask("apply -f shop.yaml");
        ask("rollout status deployment/stock --timeout=120s");
        ask("rollout status deployment/front --timeout=120s");
    }

    private void change(Visitors visitors) throws Exception {
        ask("scale deployment front --replicas=3");
        ask("rollout status deployment/front --timeout=120s");
        ask("set env deployment/front VERSION=2");
        ask("rollout status deployment/front --timeout=180s");
        awaitTrue(() -> visitors.answersWith("welcome v2") > 0);
        assertEquals(List.of(), visitors.failures(), "while it was rolled out");
        ask("rollout undo deployment/front");
        ask("rollout status deployment/front --timeout=180s");
        assertEquals(List.of(), visitors.failures(), "while it was undone");
        ask("drain local --ignore-daemonsets --delete-emptydir-data --timeout=180s");
        assertEquals(
                "",
                ask("get pods --field-selector=spec.nodeName=local,status.phase=Running -o name"));
        ask("uncordon local");
        ask("rollout status deployment/front --timeout=120s");
        assertEquals(List.of(), visitors.failures(), "while its node was drained");
        ask("patch configmap shop --type=merge -p '{\"data\":{\"greeting\":\"hello\"}}'");
        awaitTrue(() -> visitors.answersWith("hello v1") > 0);
    }

    private void look() throws Exception {
        // Those that were drained may still be ending.
        awaitTrue(() -> ask("get pods -l app=front -o name").lines().count() == 3);
        String pod = ask("get pods -l app=front -o jsonpath={.items[0].metadata.name}");
        awaitTrue(() -> ask("logs " + pod + " --tail=5").contains("stock of "));
        assertEquals("1", ask("exec " + pod + " -- sh -c 'echo $VERSION'"));
        shell(pod);
        ClientProcess follow = start("logs -f " + pod + " --tail=1");
        follow.await(() -> lines(follow) > 5);
        follow.kill();
        assertTrue(lines(follow) > 5, "a followed log goes on");
        ClientProcess forward = start("port-forward pod/" + pod + " :8080");
        forward.await(() -> text(forward).contains("Forwarding from 127.0.0.1:"));
        String port = text(forward).replaceAll("(?s).*?Forwarding from 127.0.0.1:(\\d+) .*", "$1");
        assertTrue(get(URI.create("http://127.0.0.1:" + port)).startsWith("hello v1, stock of"));
        forward.kill();
        assertTrue(
                ask("get --raw /api/v1/namespaces/default/services/front:8080/proxy/")
                        .startsWith("hello v1"));
    }

    /** Somebody looks round in the container while it serves. */
    private void shell(String pod) throws Exception {
        if (OS.LINUX.isCurrentOs()) {
            try (TerminalProcess shell =
                    TerminalProcess.start(
                            kubectl.path() + " exec -it " + pod + " -- sh",
                            directory,
                            environment())) {
                shell.awaitPrompt();
                shell.type("tty; stty size; echo version $VERSION on $HOSTNAME\r");
                shell.await("version 1 on " + pod);
                assertTrue(shell.screen().contains("/dev/pts/"), shell::screen);
                assertTrue(shell.screen().contains("\n33 99\n"), shell::screen);
                shell.type("exit 4\r");
                assertEquals(4, shell.exit(), shell::screen);
            }
        }
    }

    /** A {@code kill -9} of the control plane ends no pod and counts as no restart. */
    private void surviveKill(URI site) throws Exception {
        Set<Long> before = processes();
        assertFalse(before.isEmpty());
        server.kill();
        assertEquals(before, processes());
        server = server.startAgain();
        awaitTrue(() -> get(site).startsWith("hello v1"));
        ask("wait --for=condition=Ready pod -l app=front --timeout=60s");
        assertEquals(
                "0 0 0",
                ask(
                        "get pods -l app=front"
                                + " -o jsonpath={.items[*].status.containerStatuses[0].restartCount}"));
        assertEquals(before, processes());
    }

    /** Tells the processes of this test from those of others. */
    private String mark() {
        return "-Dshop=" + directory.getFileName();
    }

    /** The application's processes, by what their command line says. */
    private Set<Long> processes() {
        Set<Long> found = new TreeSet<>();
        ProcessHandle.allProcesses()
                .filter(process ->
                        process.info()
                                .arguments()
                                .map(arguments ->
                                        List.of(arguments).contains(ShopApp.class.getName()))
                                .orElse(false))
                .filter(process ->
                        process.info()
                                .command()
                                .map(command -> command.endsWith("java"))
                                .orElse(false))
                .forEach(process -> found.add(process.pid()));
        return found;
    }

    private static String get(URI url) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(20)).build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String ask(String command) throws IOException, InterruptedException {
        ClientProcess process = start(command);
        int exit = process.exit(Duration.ofSeconds(240));
        assertEquals(
                0, exit, () -> kubectl + " " + command + "\n" + text(process) + errors(process));
        return text(process).strip();
    }

    private ClientProcess start(String command) throws IOException {
        List<String> words = new ArrayList<>(CommandLine.split("kubectl " + command));
        words.set(0, kubectl.path().toString());
        return ClientProcess.start(words, directory, environment(), "");
    }

    private Map<String, String> environment() {
        return Map.of("HOME", directory.toString(), "KUBECONFIG", server.kubeconfig().toString());
    }

    private static long lines(ClientProcess process) {
        return text(process).lines().count();
    }

    private static String text(ClientProcess process) {
        try {
            return process.out();
        } catch (IOException e) {
            return "";
        }
    }

    private static String errors(ClientProcess process) {
        try {
            return process.error();
        } catch (IOException e) {
            return "";
        }
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
    }
}
