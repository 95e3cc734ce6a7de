package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
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
import java.util.List;
import javafx.scene.Node;
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
        app.closePages();
    }

    @Test
    void aNodeShowsHowItIsPacked() throws Exception {
        open(new Kind("", "v1", "nodes", "Node", false), "", "sim-1");
        awaitTrue(() -> app.texts().contains("1500m requested"));
        // Figures come as soon as the node has been measured.
        awaitTrue(() -> app.texts().matches("(?s).*1500m requested, [1-9]\\d*m used of 8.*"));
        awaitTrue(() -> app.texts().contains("768Mi requested"));
        awaitTrue(() -> app.texts().matches("(?s).*\\d+m of 500m.*"));
        awaitTrue(() -> app.texts().contains("3 of 110"));
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
        awaitTrue(() -> app.texts().contains("Deployment shop") && app.texts().contains("70 %"));
        assertTrue(app.texts().contains("3 to 6"), app.texts());
        Pictures.take(app, "detail-hpa");
    }

    @Test
    void aServiceShowsWhichEndpointsAreReady() throws Exception {
        app.api()
                .create(
                        "/api/v1" + DEFAULT + "services",
                        "{metadata: {name: shop}, spec: {selector: {app: shop}, ports: [{port: 80}]}}");
        open(new Kind("", "v1", "services", "Service", true), "default", "shop");
        awaitTrue(() -> app.texts().split("Yes", -1).length - 1 == 3);
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
        awaitTrue(() -> app.texts().contains("T03:00:00Z") && app.texts().contains("Next run"));

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
        awaitTrue(() -> app.texts().contains("Failed tries\n0 of 2"));
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
        awaitTrue(() -> app.texts().contains("Requested\n1Gi") && app.texts().contains("Pending"));
        assertTrue(
                app.texts().contains("ReadWriteOnce") && app.texts().contains("none-such"),
                app.texts());
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
                app.texts().contains("deployments.apps")
                        && app.texts().contains("ServiceAccount default/default")
                        && app.texts().contains("RoleBinding garden"));
        open(new Kind(group, "v1", "rolebindings", "RoleBinding", true), "default", "garden");
        awaitTrue(
                () -> app.texts().contains("Role gardener") && app.texts().contains("get, patch"));
        open(new Kind("", "v1", "serviceaccounts", "ServiceAccount", true), "default", "default");
        awaitTrue(() ->
                app.texts().contains("RoleBinding garden") && app.texts().contains("get, patch"));
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
        app.openPage(Details.of(ObjectRef.of(kind, namespace, name)));
    }

    private static Node page() {
        return app.window().workbench().current().get().view();
    }
}
