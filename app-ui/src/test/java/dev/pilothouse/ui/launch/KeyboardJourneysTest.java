package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.kubelet.node.Pressure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What people do in a day, by keys alone: everything goes through the keyboard and is read from the
 * screen. Another client only plays the other people.
 */
class KeyboardJourneysTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir static Path directory;

    /** Host processes end with the test. */
    private static final NodeOptions NODES =
            new NodeOptions(1, 2, null, true, Pressure.Thresholds.DEFAULT);

    private static final Keyboard KEYS = new Keyboard();
    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, NODES);
        await(() -> app.kinds().contains("Deployment"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    /** As after a start: one list, and the keyboard in it. */
    @BeforeEach
    void freshWindow() throws Exception {
        fx(() -> {
            Window.getWindows().stream()
                    .filter(window -> !window.equals(app.window().root().getScene().getWindow()))
                    .toList()
                    .forEach(Window::hide);
            List.copyOf(app.window().workbench().pages()).forEach(app.window().workbench()::close);
            app.window().open("Namespace");
            app.window().workbench().focusCurrent();
            return null;
        });
        KEYS.awaitText("kube-system").awaitFocus("Namespace");
    }

    @Test
    void createsADeploymentByYamlAndWatchesItRoll() throws Exception {
        KEYS.list("deployment");
        KEYS.press("Ctrl+N").awaitText("kind: Deployment").awaitFocus("YAML");
        // name: web is the fourth line of a new Deployment.
        KEYS.press("Ctrl+Home").press("Down", 3).press("End").press("Back_Space", 3);
        KEYS.type("by-yaml").awaitText("name: by-yaml").awaitText("The server accepts this");

        KEYS.press("Ctrl+Enter").awaitText("Deployment by-yaml has been applied.");

        KEYS.press("Ctrl+W").awaitFocus("Deployment");
        KEYS.go("Down", "by-yaml").awaitMatch("2/2");
        KEYS.type("d").awaitText("2 of 2").awaitText("ReplicaSet by-yaml-");
    }

    @Test
    void createsADeploymentByForm() throws Exception {
        KEYS.list("deployment");
        KEYS.press("Ctrl+N").awaitText("kind: Deployment").press("Alt+Digit2").awaitFocus("name");

        KEYS.press("Ctrl+A").type("by-form");
        KEYS.tabTo("replicas").press("Ctrl+A").type("3");
        KEYS.awaitText("The server accepts this").press("Ctrl+Enter");
        KEYS.awaitText("Deployment by-form has been applied.");
        await(() -> number(DEPLOYMENTS + "/by-form", "spec", "replicas") == 3);

        KEYS.press("Ctrl+W");
        KEYS.go("Down", "by-form").awaitMatch("3/3");
    }

    @Test
    void readsAndSearchesTheLogsOfAllPods() throws Exception {
        app.api()
                .create(
                        DEPLOYMENTS,
                        DeploymentYaml.of("talker")
                                .replicas(2)
                                .container("{name: main, image: none}")
                                .annotations(
                                        """
                                        simulated.pilothouse.dev/log-rate: "20"
                                        simulated.pilothouse.dev/log-lines: |
                                          INFO request {n} served
                                          ERROR request {n} failed
                                        """)
                                .yaml());
        KEYS.list("deployment");
        KEYS.go("Down", "talker").awaitMatch("2/2").type("l").awaitMatch("[\\d,]{2,} lines.*");
        KEYS.press("Ctrl+F")
                .awaitFocus("Find this text")
                .type("request 4 failed")
                .awaitMatch(".*2 hits.*");
        KEYS.press("Enter").awaitText("1 of 2").press("Down");
        KEYS.awaitFocus("request 4 failed");
        KEYS.press("End").awaitText("Following");
        // Only errors, by the level.
        KEYS.type("/").awaitFocus("Show only lines").type("failed").press("Enter");
        KEYS.awaitMatch("[\\d,]+ of [\\d,]+ lines.*");
        KEYS.press("Ctrl+Page_Up").awaitFocus("talker");
    }

    @Test
    void opensATerminalAndLeavesIt() throws Exception {
        app.api()
                .create(
                        PODS,
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: box}
                        spec:
                          runtimeClassName: host-process
                          containers: [{name: main, image: none, command: [sleep, "1000"]}]
                        """);
        await(() -> app.api().get(PODS + "/box").toString().contains("\"running\":"));
        KEYS.list("pod");
        KEYS.go("Down", "box").type("s").awaitFocus("Terminal");
        Path made = directory.resolve("made-by-hand");
        await(() -> app.text("#terminal-state").isEmpty());
        KEYS.type("echo $((6*7)) > " + made).press("Enter");
        await(() -> made.toFile().length() > 0);
        assertEquals("42\n", Files.readString(made));
        KEYS.type("exit 3").press("Enter").awaitText("Ended with exit code 3.");
        // A terminal takes every key but those that lead out of it.
        KEYS.press("Ctrl+Page_Up").awaitFocus("box");
    }

    @Test
    void scales() throws Exception {
        app.api()
                .create(
                        DEPLOYMENTS,
                        DeploymentYaml.of("grown").container("{name: main, image: none}").yaml());
        KEYS.list("deployment");
        KEYS.go("Down", "grown").type("+").awaitText("Scale").awaitFocus("eplicas");
        KEYS.press("Ctrl+A").type("3").press("Enter").awaitText("3 replicas");
        KEYS.awaitFocus("grown").awaitMatch("3/3");
        assertEquals(3, number(DEPLOYMENTS + "/grown", "spec", "replicas"));
    }

    @Test
    void cordonsAndDrainsANodeWhosePodsHaveABudget() throws Exception {
        app.api()
                .create(
                        DEPLOYMENTS,
                        DeploymentYaml.of("guarded")
                                .replicas(2)
                                .container("{name: main, image: none}")
                                .yaml());
        app.api()
                .create(
                        "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
                        """
                        apiVersion: policy/v1
                        kind: PodDisruptionBudget
                        metadata: {name: guard}
                        spec: {minAvailable: 2, selector: {matchLabels: {app: guarded}}}
                        """);
        await(() -> number(DEPLOYMENTS + "/guarded", "status", "readyReplicas") == 2);
        String node = nodeOf("guarded");
        KEYS.list("node");
        KEYS.go("Down", node).type("c").awaitText("SchedulingDisabled");
        KEYS.awaitFocus(node).press("Ctrl+K").type("drain").awaitFocus("Drain");
        KEYS.press("Enter").awaitText("Waits until budget guard allows it");
        // Other tests' pods may be lost with the node; then that has to be accepted first.
        if (KEYS.screen().contains("I accept what is lost")) {
            KEYS.tabTo("I accept what is lost").press("Space");
        }
        KEYS.tabTo("Drain").press("Enter").awaitText("Held back");
        app.api()
                .merge(
                        "/apis/policy/v1/namespaces/default/poddisruptionbudgets/guard",
                        "{\"spec\":{\"minAvailable\":1}}");
        KEYS.awaitText("Node " + node + " is drained.");
        KEYS.press("Escape").awaitNo("Drain node").awaitFocus(node);
        KEYS.type("c").awaitNo("SchedulingDisabled");
    }

    @Test
    void undoesARollout() throws Exception {
        app.api()
                .create(
                        DEPLOYMENTS,
                        DeploymentYaml.of("back")
                                .container("{name: main, image: 'good:1'}")
                                .yaml());
        await(() -> number(DEPLOYMENTS + "/back", "status", "readyReplicas") == 1);
        KEYS.list("deployment");
        KEYS.go("Down", "back").type("i").awaitFocus("mage");
        KEYS.press("Ctrl+A").type("bad:2").press("Enter").awaitText("bad:2");
        KEYS.awaitFocus("back").type("d").awaitText("Revision 2");
        KEYS.go("Right", "History").awaitText("Go back to revision 1");
        KEYS.tabTo("Go back to revision 1").press("Enter").awaitText("back to revision 1");
        await(() ->
                app.api()
                        .get(DEPLOYMENTS + "/back")
                        .at("/spec/template/spec/containers/0/image")
                        .asString("")
                        .equals("good:1"));
    }

    @Test
    void findsAFailingPodFromTheOverviewAndWhyItFails() throws Exception {
        app.api()
                .create(
                        PODS,
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: sinking
                          annotations:
                            simulated.pilothouse.dev/crash-loop: "true"
                            simulated.pilothouse.dev/exit-code: "137"
                        spec: {containers: [{name: main, image: nginx}]}
                        """);
        KEYS.press("Ctrl+K").type("overview").awaitFocus("Overview");
        KEYS.press("Enter").awaitText("CrashLoopBackOff");
        KEYS.tabTo("Why sinking?");
        // The overview draws itself anew while the keyboard is there.
        app.api()
                .create(
                        PODS,
                        "{metadata: {name: idle}, spec: {containers: [{name: c, image: i}]}}");
        KEYS.awaitFocus("Why sinking?").press("Enter");
        KEYS.awaitText("Exit code 137").awaitText("restarted");
    }

    @Test
    void editsWhatOthersEditToo() throws Exception {
        app.api()
                .create(
                        DEPLOYMENTS,
                        DeploymentYaml.of("torn").container("{name: main, image: none}").yaml());
        KEYS.list("deployment");
        KEYS.go("Down", "torn").type("e").awaitText("replicas: 1").awaitFocus("YAML");
        KEYS.press("Ctrl+F").awaitFocus("Find").type("replicas: 1");
        KEYS.press("Enter").press("Escape");
        KEYS.awaitFocus("YAML").type("replicas: 2").awaitText("replicas: 2");
        app.api().merge(DEPLOYMENTS + "/torn", "{\"spec\":{\"replicas\":5}}");
        KEYS.awaitText("Merge");
        KEYS.press("Shift+F6").awaitFocus("Merge").press("Enter").awaitText("<<<<<<< mine");
        KEYS.awaitFocus("YAML").press("Shift+F6").go("Tab", "mine").press("Enter");
        KEYS.awaitNo("<<<<<<<").awaitText("replicas: 2");
        KEYS.press("Ctrl+Enter").awaitText("owned by");
        KEYS.press("Shift+F6").tabTo("Take the fields over").press("Enter");
        await(() -> number(DEPLOYMENTS + "/torn", "spec", "replicas") == 2);
    }

    @Test
    void seesTheObjectsOfADefinition() throws Exception {
        app.api()
                .create(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: tugs.harbour.example.com}
                        spec:
                          group: harbour.example.com
                          scope: Namespaced
                          names: {plural: tugs, singular: tug, kind: Tug, listKind: TugList}
                          versions:
                          - name: v1
                            served: true
                            storage: true
                            additionalPrinterColumns:
                            - {name: Pull, type: integer, jsonPath: .spec.pull}
                            schema:
                              openAPIV3Schema:
                                type: object
                                properties:
                                  spec:
                                    type: object
                                    required: [pull]
                                    properties:
                                      pull: {type: integer, minimum: 1}
                        """);
        await(() -> app.kinds().contains("Tug"));
        KEYS.list("tug");
        KEYS.press("Ctrl+N").awaitText("kind: Tug").awaitText("pull: 1").awaitFocus("YAML");
        KEYS.press("Ctrl+F").type("name: \"\"").press("Enter").press("Escape");
        KEYS.type("name: hercules").awaitText("The server accepts this");
        KEYS.press("Ctrl+Enter").awaitText("Tug hercules has been applied.");
        KEYS.press("Ctrl+W").go("Down", "hercules").awaitText("Pull").type("d").awaitText("pull");
    }

    private static String nodeOf(String label) throws Exception {
        for (JsonNode pod :
                Json.objects(app.api().get(PODS + "?labelSelector=app%3D" + label), "items")) {
            return pod.at("/spec/nodeName").asString("");
        }
        throw new AssertionError("no pod of " + label);
    }

    private static int number(String path, String... field) throws Exception {
        return (int) Json.number(app.api().get(path), 0, field);
    }

    private static void await(Callable<Boolean> condition) {
        Keyboard.until(condition, KEYS::screen);
    }
}
