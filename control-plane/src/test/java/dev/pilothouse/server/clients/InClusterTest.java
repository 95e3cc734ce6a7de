package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.clients.ClientBinaries.Binary;
import dev.pilothouse.server.clients.apps.WhoAmIApp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients in containers that are host processes speak to the API server as their service account.
 */
@Tag("clients")
@Timeout(300)
class InClusterTest {

    private static final String ACCOUNT = "system:serviceaccount:inside:robot";

    @TempDir static Path directory;

    private static Binary binary;
    private static ServerProcess server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        binary = ClientBinaries.find("kubectl", List.of("1.36")).getFirst();
        server = ServerProcess.start(directory, "--process-nodes", "1", "--simulated-nodes", "0");
        kubectl = new Kubectl(binary, server, directory);
        kubectl.ask("create namespace inside");
        kubectl.ask("create serviceaccount robot -n inside");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void kubectlIsTheServiceAccount() throws Exception {
        String log =
                run(
                        "kubectl",
                        "[sh, -c, '%1$s auth whoami -o jsonpath={.status.userInfo.username}; echo; %1$s get pods 2>&1; true']"
                                .formatted(binary.path()));
        assertEquals(
                ACCOUNT
                        + "\nError from server (Forbidden): pods is forbidden: User \""
                        + ACCOUNT
                        + "\" cannot list resource \"pods\" in API group \"\" in the namespace \"inside\"",
                log);
    }

    @Test
    void clientLibrariesAreTheServiceAccount() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String log =
                run(
                        "java",
                        "[\"%s\", -XX:TieredStopAtLevel=1, -cp, \"%s\", %s]"
                                .formatted(
                                        java,
                                        System.getProperty("java.class.path"),
                                        WhoAmIApp.class.getName()));
        assertTrue(log.contains("official: " + ACCOUNT + "\n"), log);
        assertTrue(log.contains("fabric8 lives in inside\n"), log);
        assertTrue(log.contains("fabric8: pods is forbidden: User \"" + ACCOUNT + "\""), log);
    }

    /** The usual files are there, below the container's root. */
    @Test
    void tokenIsThere() throws Exception {
        String log =
                run(
                        "files",
                        "[sh, -c, 'cd $CONTAINER_ROOT/var/run/secrets/kubernetes.io/serviceaccount && cat namespace"
                                + " && echo && head -n 1 ca.crt && cut -d. -f1 token | wc -l']");
        assertEquals("inside\n-----BEGIN CERTIFICATE-----\n1", log.replaceAll(" +", " ").strip());
    }

    private static String run(String name, String command) throws Exception {
        kubectl.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: inside}
                spec:
                  runtimeClassName: host-process
                  restartPolicy: Never
                  serviceAccountName: robot
                  containers:
                  - name: c
                    image: none
                    command: %s
                """
                        .formatted(name, command));
        kubectl.ask(
                "wait pod/"
                        + name
                        + " -n inside --for=jsonpath={.status.containerStatuses[0].state.terminated.reason}=Completed"
                        + " --timeout=200s");
        return kubectl.ask("logs -n inside " + name);
    }
}
