package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages of objects tell that only objects of their kind have. */
class DetailKindsTest {

    private static final String DEFAULT = "/namespaces/default/";

    @TempDir static Path directory;

    private static WindowFixture app;

    @BeforeAll
    static void openWindow() throws Exception {
        app = new WindowFixture(directory, new NodeOptions(0, 1));
        awaitTrue(() -> app.kinds().contains("Deployment"));
        app.api()
                .create(
                        "/apis/apps/v1" + DEFAULT + "deployments",
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: shop}
                        spec:
                          replicas: 3
                          selector: {matchLabels: {app: shop}}
                          template:
                            metadata: {labels: {app: shop}}
                            spec:
                              containers:
                              - name: main
                                image: nginx
                                resources: {requests: {cpu: 500m, memory: 256Mi}}
                        """);
    }

    @AfterAll
    static void closeWindow() throws Exception {
        app.close();
    }

    @AfterEach
    void closePages() throws Exception {
        fx(() -> {
            app.window().workbench().pages().forEach(app.window().workbench()::close);
            return null;
        });
    }

    @Test
    void aNodeShowsHowItIsPacked() throws Exception {
        open(new Kind("", "v1", "nodes", "Node", false), "", "sim-1");
        awaitTrue(() -> texts().contains("1500m requested"));
        // Figures come as soon as the node has been measured.
        awaitTrue(() -> texts().matches("(?s).*1500m requested, [1-9]\\d*m used of 8.*"));
        awaitTrue(() -> texts().contains("768Mi requested"));
        awaitTrue(() -> texts().matches("(?s).*\\d+m of 500m.*"));
        awaitTrue(() -> texts().contains("3 of 110"));
        assertEquals(List.of(), fx(() -> Nameless.in(page())));
        Pictures.take(app, "detail-node");
    }

    @Test
    void anAutoscalerShowsItsTargets() throws Exception {
        app.api()
                .create(
                        "/apis/autoscaling/v2" + DEFAULT + "horizontalpodautoscalers",
                        """
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        metadata: {name: shop}
                        spec:
                          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
                          minReplicas: 3
                          maxReplicas: 6
                          metrics:
                          - type: Resource
                            resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
                        """);
        open(
                new Kind(
                        "autoscaling",
                        "v2",
                        "horizontalpodautoscalers",
                        "HorizontalPodAutoscaler",
                        true),
                "default",
                "shop");
        awaitTrue(() -> texts().contains("Deployment shop") && texts().contains("70 %"));
        assertTrue(texts().contains("3 to 6"), texts());
        Pictures.take(app, "detail-hpa");
    }

    @Test
    void aServiceShowsWhichEndpointsAreReady() throws Exception {
        app.api()
                .create(
                        "/api/v1" + DEFAULT + "services",
                        "{metadata: {name: shop}, spec: {selector: {app: shop}, ports: [{port: 80}]}}");
        open(new Kind("", "v1", "services", "Service", true), "default", "shop");
        awaitTrue(() -> texts().split("Yes", -1).length - 1 == 3);
        Pictures.take(app, "detail-service");
    }

    @Test
    void aCronJobTellsItsNextRunAndAJobItsTries() throws Exception {
        app.api()
                .create(
                        "/apis/batch/v1" + DEFAULT + "cronjobs",
                        """
                        apiVersion: batch/v1
                        kind: CronJob
                        metadata: {name: nightly}
                        spec:
                          schedule: "0 3 * * *"
                          jobTemplate:
                            spec:
                              template:
                                spec: {restartPolicy: Never, containers: [{name: c, image: c}]}
                        """);
        open(new Kind("batch", "v1", "cronjobs", "CronJob", true), "default", "nightly");
        awaitTrue(() -> texts().contains("T03:00:00Z") && texts().contains("Next run"));

        app.api()
                .create(
                        "/apis/batch/v1" + DEFAULT + "jobs",
                        """
                        apiVersion: batch/v1
                        kind: Job
                        metadata: {name: once}
                        spec:
                          backoffLimit: 2
                          template:
                            spec: {restartPolicy: Never, containers: [{name: c, image: c}]}
                        """);
        open(new Kind("batch", "v1", "jobs", "Job", true), "default", "once");
        awaitTrue(() -> texts().contains("Failed tries\n0 of 2"));
        Pictures.take(app, "detail-job");
    }

    @Test
    void aClaimTellsWhatItHasGot() throws Exception {
        app.api()
                .create(
                        "/api/v1" + DEFAULT + "persistentvolumeclaims",
                        """
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {name: data}
                        spec:
                          accessModes: [ReadWriteOnce]
                          storageClassName: none-such
                          resources: {requests: {storage: 1Gi}}
                        """);
        open(
                new Kind("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true),
                "default",
                "data");
        awaitTrue(() -> texts().contains("Requested\n1Gi") && texts().contains("Pending"));
        assertTrue(texts().contains("ReadWriteOnce") && texts().contains("none-such"), texts());
    }

    @Test
    void rolesBindingsAndAccountsTellWhoMayWhat() throws Exception {
        String rbac = "/apis/rbac.authorization.k8s.io/v1" + DEFAULT;
        app.api()
                .create(
                        rbac + "roles",
                        """
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: Role
                        metadata: {name: gardener}
                        rules: [{verbs: [get, patch], apiGroups: [apps], resources: [deployments]}]
                        """);
        app.api()
                .create(
                        rbac + "rolebindings",
                        """
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: RoleBinding
                        metadata: {name: garden}
                        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gardener}
                        subjects: [{kind: ServiceAccount, name: default, namespace: default}]
                        """);
        String group = "rbac.authorization.k8s.io";
        open(new Kind(group, "v1", "roles", "Role", true), "default", "gardener");
        awaitTrue(() ->
                texts().contains("deployments.apps")
                        && texts().contains("ServiceAccount default/default")
                        && texts().contains("RoleBinding garden"));
        open(new Kind(group, "v1", "rolebindings", "RoleBinding", true), "default", "garden");
        awaitTrue(() -> texts().contains("Role gardener") && texts().contains("get, patch"));
        open(new Kind("", "v1", "serviceaccounts", "ServiceAccount", true), "default", "default");
        awaitTrue(() -> texts().contains("RoleBinding garden") && texts().contains("get, patch"));
        Pictures.take(app, "detail-account");

        fx(() -> {
            app.window()
                    .workbench()
                    .open(
                            Place.of("rights")
                                    .withState("verb", "patch")
                                    .withState("resource", "deployments")
                                    .withState("namespace", "default"),
                            Where.TAB);
            return null;
        });
        awaitTrue(() -> app.text("#rights-me").startsWith("You may do this."));
        TableView<?> who = app.find("#rights-who");
        awaitTrue(() ->
                fx(() -> who.getItems().toString()).contains("name=default], binding=Binding"));
        assertEquals(List.of(), fx(() -> Nameless.in(page())));
        Pictures.take(app, "rights");
    }

    @Test
    void whatIsInSecretsIsNotInTheListOfRequests() throws Exception {
        app.cluster()
                .call(
                        ApiCall.post(
                                "/api/v1" + DEFAULT + "secrets",
                                Json.parseObject(
                                        "{\"metadata\":{\"name\":\"db\"},\"stringData\":{\"pass\":\"hunter2\"}}")));
        var sent = app.requests().stream().filter(each -> each.isChange()).toList().getLast();
        assertTrue(sent.path().endsWith("/secrets"), sent.path());
        assertFalse(sent.body().contains("hunter2"), sent.body());
    }

    private static void open(Kind kind, String namespace, String name) throws Exception {
        fx(() -> {
            app.window()
                    .workbench()
                    .open(Details.of(ObjectRef.of(kind, namespace, name)), Where.TAB);
            return null;
        });
    }

    private static Node page() {
        return app.window().workbench().current().get().view();
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
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(90)).until(condition);
    }
}
