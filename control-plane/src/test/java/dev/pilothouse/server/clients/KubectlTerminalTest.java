package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.clients.ClientBinaries.Binary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People at terminals: three releases of kubectl look into pods that are host processes. */
@Tag("clients")
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class KubectlTerminalTest {

    private static final String HINT = "try pressing enter";
    private static final String HOST_PROCESS =
            "'--overrides={\"spec\":{\"runtimeClassName\":\"host-process\"}}'";

    @TempDir static Path directory;

    private static List<Binary> binaries = List.of();
    private static ServerProcess server;
    private static Kubectl newest;

    @BeforeAll
    static void start() throws Exception {
        binaries = ClientBinaries.find("kubectl", List.of("1.24", "1.32", "1.36"));
        server = ServerProcess.start(directory, "--process-nodes", "1", "--simulated-nodes", "0");
        newest = new Kubectl(binaries.getLast(), server, directory);
        newest.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, labels: {app: web}}
                spec:
                  runtimeClassName: host-process
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: c
                    image: none
                    ports: [{name: http, containerPort: 80}]
                    command: ["%s", -m, jdk.httpserver, -b, 127.0.0.1, -p, $(PORT), -d, "%s"]
                    readinessProbe: {httpGet: {path: /, port: http}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {selector: {app: web}, ports: [{name: http, port: 8080, targetPort: http}]}
                """
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin/java"), directory));
        newest.ask("wait --for=condition=Ready pod/web --timeout=120s");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            newest.ask("delete pods --all --now");
            server.close();
        }
    }

    static List<Binary> releases() {
        return binaries;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void executesOnATerminal(Binary binary) throws Exception {
        try (TerminalProcess shell = terminal(binary, "exec -it web -- sh")) {
            shell.awaitPrompt();
            // As in Kubernetes, the size follows the command and may be a moment later.
            shell.type("while [ \"$(stty size)\" = '0 0' ]; do sleep 0.1; done\r");
            shell.type("tty; stty size; echo sum $((1+1))\r");
            shell.await("sum 2");
            assertTrue(shell.screen().contains("/dev/pts/"), shell::screen);
            assertTrue(shell.screen().contains("\n33 99\n"), shell::screen);
            // The key for an interrupt reaches the command, not kubectl.
            shell.type("sleep 1000; echo woken by $?\r");
            shell.await("woken by $?");
            shell.type("\u0003");
            shell.type("echo interrupted $((2+2)); exit 4\r");
            shell.await("interrupted 4");
            assertEquals(4, shell.exit(), shell::screen);
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void runsAndRemoves(Binary binary) throws Exception {
        String name = name("run", binary);
        try (TerminalProcess shell =
                terminal(
                        binary,
                        "run %s -it --rm --restart=Never --image=none %s -- sh"
                                .formatted(name, HOST_PROCESS))) {
            shell.await(HINT);
            shell.type("echo sum $((1+1)); exit 4\r");
            shell.await("sum 2");
            assertEquals(4, shell.exit(), shell::screen);
            assertTrue(shell.screen().contains("pod \"" + name + "\" deleted"), shell::screen);
        }
        newest.await("get pod " + name + " --ignore-not-found -o name", String::isEmpty);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void attachesToATerminal(Binary binary) throws Exception {
        String name = name("typed", binary);
        newest.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  runtimeClassName: host-process
                  restartPolicy: Never
                  containers: [{name: c, image: none, stdin: true, tty: true, command: [sh]}]
                """
                        .formatted(name));
        newest.ask("wait --for=condition=Ready pod/" + name + " --timeout=60s");
        try (TerminalProcess shell = terminal(binary, "attach -it " + name)) {
            shell.await(HINT);
            shell.type("echo sum $((1+1)); exit 4\r");
            shell.await("sum 2");
            shell.exit();
        }
        newest.await("get pod " + name + " -o jsonpath={.status.phase}", "Failed"::equals);
        assertEquals(
                "4",
                newest.ask(
                        "get pod "
                                + name
                                + " -o jsonpath={.status.containerStatuses[0].state.terminated.exitCode}"));
        assertTrue(newest.ask("logs " + name).contains("sum 2"));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void debugsInThePod(Binary binary) throws Exception {
        String name = name("debugger", binary);
        try (TerminalProcess shell =
                terminal(binary, "debug -it web --image=none --target=c -c " + name + " -- sh")) {
            shell.await(HINT);
            shell.type("echo on $HOSTNAME; echo sum $((1+1)); exit 4\r");
            shell.await("sum 2");
            assertTrue(shell.screen().contains("on web\n"), shell::screen);
            shell.exit();
        }
        String status =
                "get pod web -o jsonpath='{.status.ephemeralContainerStatuses[?(@.name==\""
                        + name
                        + "\")].state.terminated.exitCode}'";
        newest.await(status, "4"::equals);
        newest.ask("wait --for=condition=Ready pod/web --timeout=1s");
    }

    @ParameterizedTest
    @MethodSource("releases")
    void debugsInACopy(Binary binary) throws Exception {
        String name = name("copy", binary);
        new Kubectl(binary, server, directory)
                .ask(
                        "debug web --copy-to="
                                + name
                                + " --image=none --container=extra -- sh -c 'echo a copy; exec sleep 1000'");
        newest.await("logs " + name + " -c extra", "a copy"::equals);
        newest.ask("wait --for=condition=Ready pod/" + name + " --timeout=60s");
        assertEquals(
                "c extra",
                newest.ask("get pod " + name + " -o jsonpath={.spec.containers[*].name}"));
        newest.ask("delete pod --now " + name);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void forwardsToAService(Binary binary) throws Exception {
        ClientProcess forward =
                new Kubectl(binary, server, directory).start("port-forward svc/web :8080", "");
        try {
            forward.await(() -> out(forward).contains("Forwarding from 127.0.0.1:"));
            String port =
                    out(forward).replaceAll("(?s).*?Forwarding from 127.0.0.1:(\\d+) .*", "$1");
            try (HttpClient client = HttpClient.newHttpClient()) {
                URI url = URI.create("http://127.0.0.1:" + port + "/");
                assertEquals(
                        200,
                        client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                                .statusCode());
            }
        } finally {
            forward.kill();
        }
    }

    private static String out(ClientProcess process) {
        try {
            return process.out();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(String what, Binary binary) {
        return what + "-" + binary.release().toString().replace('.', '-');
    }

    private static TerminalProcess terminal(Binary binary, String command) throws Exception {
        return TerminalProcess.start(
                binary.path() + " " + command, directory, newest.environment());
    }
}
