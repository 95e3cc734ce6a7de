package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.clients.ClientBinaries.Binary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three releases of Helm install, upgrade, roll back and uninstall a chart with a Deployment, a
 * StatefulSet, hooks, a CronJob, claims, an autoscaler and a disruption budget on simulated nodes,
 * and wait for all of it each time.
 */
@Tag("clients")
@Timeout(600)
class HelmWaitTest {

    @TempDir static Path directory;

    private static List<Binary> helms = List.of();
    private static ServerProcess server;
    private static Kubectl kubectl;
    private static Path chart;

    @BeforeAll
    static void start() throws Exception {
        helms = ClientBinaries.find("helm", List.of("3.9", "3.17", "4.2"));
        Binary binary = ClientBinaries.find("kubectl", List.of("1.32")).getFirst();
        chart = Path.of(HelmWaitTest.class.getResource("shop/Chart.yaml").toURI()).getParent();
        server = ServerProcess.start(directory, "--process-nodes", "0", "--simulated-nodes", "3");
        kubectl = new Kubectl(binary, server, directory);
        kubectl.await("get nodes -o name", names -> names.lines().count() == 3);
        kubectl.ask("wait --for=condition=Ready node --all --timeout=60s");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    static List<Binary> releases() {
        return helms;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void waitsForEverything(Binary helm) throws Exception {
        String namespace = "helm-" + helm.release().toString().replace('.', '-');
        install(helm, namespace);
        upgrade(helm, namespace);
        rollBack(helm, namespace);
        uninstall(helm, namespace);
    }

    private static void install(Binary helm, String namespace) throws Exception {
        run(helm, "install", "shop", chart, "-n", namespace, "--create-namespace", "--wait");

        assertEquals("3 3 1", deployment(namespace));
        assertEquals("2 2", set(namespace));
        assertEquals(
                "True",
                get(
                        namespace,
                        "job shop-prepare",
                        "{.status.conditions[?(@.type==\"Complete\")].status}"));
        // Its hook says that it is deleted when it has succeeded.
        assertEquals("job.batch/shop-prepare", kubectl.ask("get jobs -o name -n " + namespace));
        assertEquals("@hourly", get(namespace, "cronjob shop-report", "{.spec.schedule}"));
        assertEquals(
                "Bound Bound Bound",
                get(namespace, "persistentvolumeclaims", "{.items[*].status.phase}"));
        assertEquals(
                "data-shop-store-0 data-shop-store-1 shop-uploads",
                get(namespace, "persistentvolumeclaims", "{.items[*].metadata.name}"));
        kubectl.await(
                "get pdb shop-front -n "
                        + namespace
                        + " -o jsonpath={.status.currentHealthy}/{.status.desiredHealthy}/{.status.disruptionsAllowed}",
                "3/2/1"::equals);
        // The first figures come when pods have been measured for a while.
        kubectl.await(
                "get hpa shop-front -n "
                        + namespace
                        + " -o jsonpath='{.status.conditions[?(@.type==\"ScalingActive\")].status}'",
                "True"::equals);
        String pods =
                get(namespace, "pods -l app=shop-front", "{.items[*].spec.serviceAccountName}");
        assertEquals("default default default", pods);
        assertTrue(run(helm, "list", "-n", namespace).contains("deployed"));
    }

    private static void upgrade(Binary helm, String namespace) throws Exception {
        String disks = get(namespace, "pvc", "{.items[*].spec.volumeName}");

        run(
                helm,
                "upgrade",
                "shop",
                chart,
                "-n",
                namespace,
                "--wait",
                "--set",
                "image=shop:2,replicas=4");

        assertEquals("4 4 2", deployment(namespace));
        assertEquals("2 2", set(namespace));
        assertEquals(
                "shop:2 shop:2",
                get(namespace, "pods -l app=shop-store", "{.items[*].spec.containers[0].image}"));
        assertEquals(
                "shop:2",
                get(namespace, "job shop-prepare", "{.spec.template.spec.containers[0].image}"));
        assertEquals(disks, get(namespace, "pvc", "{.items[*].spec.volumeName}"));
    }

    private static void rollBack(Binary helm, String namespace) throws Exception {
        run(helm, "rollback", "shop", "1", "-n", namespace, "--wait");

        assertEquals("3 3 3", deployment(namespace));
        assertEquals(
                "shop:1 shop:1",
                get(namespace, "pods -l app=shop-store", "{.items[*].spec.containers[0].image}"));
        String history = run(helm, "history", "shop", "-n", namespace);
        assertTrue(history.contains("Rollback to 1"), history);
    }

    /** Hooks are no part of a release, so theirs stays. */
    private static void uninstall(Binary helm, String namespace) throws Exception {
        run(helm, "uninstall", "shop", "-n", namespace, "--wait");

        kubectl.await(
                "get deployments,replicasets,statefulsets,cronjobs,hpa,pdb,pvc,services -o name -n "
                        + namespace,
                String::isEmpty);
        assertEquals("job.batch/shop-prepare", kubectl.ask("get jobs -o name -n " + namespace));
        kubectl.await(
                "get pods -l 'app in (shop-front,shop-store)' -o name -n " + namespace,
                String::isEmpty);
        kubectl.await(
                "get pv -o jsonpath='{.items[?(@.spec.claimRef.namespace==\""
                        + namespace
                        + "\")]}'",
                String::isEmpty);
    }

    /** Replicas, available replicas and revision. */
    private static String deployment(String namespace) {
        return get(
                namespace,
                "deployment shop-front",
                "{.spec.replicas} {.status.availableReplicas} {.metadata.annotations.deployment\\.kubernetes\\.io/revision}");
    }

    /** Ready and updated replicas. */
    private static String set(String namespace) {
        return get(
                namespace,
                "statefulset shop-store",
                "{.status.readyReplicas} {.status.updatedReplicas}");
    }

    private static String get(String namespace, String what, String path) {
        return kubectl.ask("get " + what + " -n " + namespace + " -o jsonpath='" + path + "'");
    }

    private static String run(Binary helm, Object... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(helm.path().toString());
        for (Object word : words) {
            command.add(word.toString());
        }
        if (command.contains("--wait")) {
            command.addAll(List.of("--timeout", "180s"));
        }
        ClientProcess process = ClientProcess.start(command, directory, kubectl.environment(), "");
        int exit = process.exit(Duration.ofSeconds(200));
        String output = process.out() + process.error();
        assertEquals(0, exit, () -> helm + " " + command + "\n" + output);
        return process.out();
    }
}
