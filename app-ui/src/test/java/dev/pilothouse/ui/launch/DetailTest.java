package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.why.Whys;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects in full, and why pods are not well, before the real control plane. */
class DetailTest {

    private static final Kind POD = new Kind("", "v1", "pods", "Pod", true);
    private static final Kind DEPLOYMENT =
            new Kind("apps", "v1", "deployments", "Deployment", true);
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, new NodeOptions(0, 2));
        awaitTrue(() -> app.kinds().contains("Deployment"));
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @AfterEach
    void closePages() throws Exception {
        app.closePages();
    }

    @Test
    void watchesADeploymentRollAndGoesBack() throws Exception {
        app.api()
                .create(
                        DEPLOYMENTS,
                        DeploymentYaml.of("shop")
                                .replicas(2)
                                .container("{name: main, image: 'nginx:1'}")
                                .yaml());
        app.openPage(Details.of(ObjectRef.of(DEPLOYMENT, "default", "shop")));
        awaitTrue(() -> texts().contains("2 of 2") && texts().contains("ReplicaSet shop-"));
        Pictures.take(app, "detail-deployment");

        app.api()
                .merge(
                        DEPLOYMENTS + "/shop",
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":"
                                + "[{\"name\":\"main\",\"image\":\"nginx:2\"}]}}}}");
        awaitTrue(() -> texts().contains("nginx:2") && texts().contains("Revision 2"));
        tab("history");
        awaitTrue(() -> app.text("#undo").equals("Go back to revision 1"));
        assertEquals("1 line removed, 1 line added", app.text("#diff-summary"));
        Pictures.take(app, "detail-history");
        fire("#undo");

        awaitTrue(() -> image("shop").equals("nginx:1"));
        awaitTrue(() ->
                Json.text(
                                app.api().get(DEPLOYMENTS + "/shop"),
                                "metadata",
                                "annotations",
                                "deployment.kubernetes.io/revision")
                        .equals("3"));
    }

    @Test
    void showsWhereVariablesOfAPodComeFrom() throws Exception {
        app.api()
                .create(
                        "/api/v1/namespaces/default/configmaps",
                        "{metadata: {name: tuning}, data: {LEVEL: high}}");
        app.api()
                .create(
                        PODS,
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: envy, namespace: default}
                        spec:
                          containers:
                          - name: main
                            image: nginx
                            envFrom: [{configMapRef: {name: tuning}}]
                            env:
                            - {name: WHO, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                            - name: PASSWORD
                              valueFrom: {secretKeyRef: {name: db, key: pass, optional: true}}
                          volumes: [{name: work, emptyDir: {}}]
                        """);
        app.openPage(Details.of(ObjectRef.of(POD, "default", "envy")));
        awaitTrue(() -> texts().contains("LEVEL") && texts().contains("high"));
        String all = texts();
        assertTrue(all.contains("ConfigMap tuning"), all);
        assertTrue(all.contains("metadata.name"), all);
        assertTrue(all.contains("Secret db / pass"), all);
        assertTrue(all.contains("emptyDir"), all);
        Pictures.take(app, "detail-pod");
    }

    @Test
    void coversSecretsUntilAsked() throws Exception {
        app.api()
                .create(
                        "/api/v1/namespaces/default/secrets",
                        "{metadata: {name: db}, stringData: {pass: hunter2}}");
        app.openPage(
                Details.of(
                        ObjectRef.of(
                                new Kind("", "v1", "secrets", "Secret", true), "default", "db")));
        awaitTrue(() -> app.scene().lookup("#reveal-pass") != null);
        assertFalse(texts().contains("hunter2"));
        fire("#reveal-pass");
        assertTrue(texts().contains("hunter2"));
    }

    @Test
    void showsTheFieldsOfACustomResource() throws Exception {
        app.api()
                .create(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: ships.harbour.example.com}
                        spec:
                          group: harbour.example.com
                          scope: Namespaced
                          names: {plural: ships, singular: ship, kind: Ship, listKind: ShipList}
                          versions:
                          - name: v1
                            served: true
                            storage: true
                            schema:
                              openAPIV3Schema:
                                type: object
                                properties:
                                  spec:
                                    type: object
                                    properties:
                                      masts: {type: integer}
                                      crew: {type: array, items: {type: string}}
                        """);
        awaitTrue(() -> app.kinds().contains("Ship"));
        app.api()
                .create(
                        "/apis/harbour.example.com/v1/namespaces/default/ships",
                        "{apiVersion: harbour.example.com/v1, kind: Ship, metadata: {name: ada},"
                                + " spec: {masts: 3, crew: [ann, bob]}}");
        app.openPage(
                Details.of(
                        ObjectRef.of(
                                new Kind("harbour.example.com", "v1", "ships", "Ship", true),
                                "default",
                                "ada")));
        awaitTrue(() -> texts().contains("masts\n3\n") && texts().contains("ann, bob"));
    }

    @Test
    void saysWhyAPodIsPendingAndAppliesTheFix() throws Exception {
        app.api()
                .create(
                        DEPLOYMENTS,
                        DeploymentYaml.of("huge")
                                .container(
                                        "{name: main, image: nginx, resources: {requests: {cpu: '64'}}}")
                                .yaml());
        String pod = podOf("huge");
        app.openPage(Whys.of(ObjectRef.of(POD, "default", pod)));
        awaitTrue(() -> app.text("#why-outcome").contains("None of the 2 nodes can"));
        awaitTrue(() -> app.scene().lookup("#fix-0") != null);
        assertTrue(texts().contains("needs 64"), texts());
        Pictures.take(app, "why-pending");

        fire("#fix-0");

        awaitTrue(() ->
                Json.number(app.api().get(DEPLOYMENTS + "/huge"), 0, "status", "readyReplicas")
                        == 1);
    }

    @Test
    void saysWhyAPodCrashes() throws Exception {
        app.api()
                .create(
                        PODS,
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: crasher
                          namespace: default
                          annotations:
                            simulated.pilothouse.dev/crash-loop: "true"
                            simulated.pilothouse.dev/exit-code: "127"
                        spec: {containers: [{name: main, image: nginx}]}
                        """);
        app.openPage(Whys.of(ObjectRef.of(POD, "default", "crasher")));
        awaitTrue(() ->
                texts().contains("CrashLoopBackOff")
                        && texts().contains("the command was not found in the image"));
        Pictures.take(app, "why-crash");
    }

    /** The page is opened late: the server still has the states before. */
    @Test
    void showsRunsOfContainersThatEndedLongAgo() throws Exception {
        app.api()
                .create(
                        PODS,
                        """
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: relapse
                          namespace: default
                          annotations:
                            simulated.pilothouse.dev/crash-loop: "true"
                            simulated.pilothouse.dev/exit-code: "137"
                        spec: {containers: [{name: main, image: nginx}]}
                        """);
        awaitTrue(() ->
                app.api()
                                .get(PODS + "/relapse")
                                .at("/status/containerStatuses/0/restartCount")
                                .asInt(0)
                        >= 2);
        app.openPage(Details.of(ObjectRef.of(POD, "default", "relapse")));
        awaitTrue(() -> ended("relapse") >= 3);
        assertFalse(texts().contains("not kept"), texts());
        Pictures.take(app, "detail-timeline");
        assertEquals(0, measured());
        tab("metrics");
        awaitTrue(() -> measured() > 0);
        Pictures.take(app, "detail-metrics");
    }

    /** How often the usage of pods has been asked for. */
    private static long measured() {
        return app.requests().stream()
                .filter(request -> request.path().contains("/pods/relapse/history?"))
                .count();
    }

    /** How many runs of the first container the timeline tells of that ended with 137. */
    private static int ended(String pod) throws Exception {
        return fx(() -> {
            Node timeline = app.scene().lookup(".timeline");
            return timeline == null
                    ? 0
                    : timeline.getAccessibleText().split("exit code 137", -1).length - 1;
        });
    }

    private static String podOf(String app) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> !pods(app).isEmpty());
        return pods(app);
    }

    private static String pods(String label) throws Exception {
        for (var pod :
                Json.objects(app.api().get(PODS + "?labelSelector=app%3D" + label), "items")) {
            return Json.text(pod, "metadata", "name");
        }
        return "";
    }

    private static String image(String name) throws Exception {
        return Json.objects(
                        app.api().get(DEPLOYMENTS + "/" + name),
                        "spec",
                        "template",
                        "spec",
                        "containers")
                .stream()
                .map(each -> Json.text(each, "image"))
                .findFirst()
                .orElse("");
    }

    private static void tab(String id) throws Exception {
        fx(() -> {
            TabPane tabs = (TabPane) app.scene().lookup(".detail-tabs");
            tabs.getTabs().stream()
                    .filter(each -> id.equals(each.getId()))
                    .forEach(tabs.getSelectionModel()::select);
            return null;
        });
    }

    /** All texts of the current page, one below the other. */
    private static String texts() throws Exception {
        return fx(() -> {
            StringBuilder found = new StringBuilder();
            var page = app.window().workbench().current().get();
            if (page != null) {
                collect(page.view(), found);
            }
            return found.toString();
        });
    }

    private static void collect(Node node, StringBuilder found) {
        if (node instanceof Labeled label && label.getText() != null) {
            found.append(label.getText()).append('\n');
        } else if (node instanceof TextInputControl text) {
            found.append(text.getText()).append('\n');
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }

    private static void fire(String id) throws Exception {
        fx(() -> {
            ((ButtonBase) app.scene().lookup(id)).fire();
            return null;
        });
    }
}
