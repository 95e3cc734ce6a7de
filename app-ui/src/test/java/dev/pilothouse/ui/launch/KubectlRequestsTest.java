package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.TableView;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same action by kubectl, through a recorder, and by the window: method, path, form of patch
 * and body are the same. Releases of kubectl are found as the server's tests find them.
 */
class KubectlRequestsTest {

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final Kind DEPLOYMENT =
            new Kind("apps", "v1", "deployments", "Deployment", true);
    private static final Keyboard KEYS = new Keyboard();

    @TempDir static Path directory;

    private static WindowFixture app;
    private static Recorder recorder;
    private static Path kubectl;

    @BeforeAll
    static void start() throws Exception {
        kubectl = kubectl();
        app = new WindowFixture(directory, new NodeOptions(0, 2));
        recorder =
                new Recorder(app.cluster().endpoint(), ClusterPki.load(directory).adminContext());
        await(() -> app.kinds().contains("Deployment"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (app != null) {
            recorder.close();
            app.close();
        }
    }

    /** The newest there is. */
    private static Path kubectl() throws IOException {
        String named = System.getenv("PILOTHOUSE_CLIENTS");
        Path clients =
                named == null || named.isEmpty()
                        ? Path.of(
                                System.getProperty("user.home"), ".cache", "pilothouse", "clients")
                        : Path.of(named);
        if (Files.isDirectory(clients)) {
            try (Stream<Path> found = Files.list(clients)) {
                var newest =
                        found.filter(file -> file.getFileName().toString().startsWith("kubectl-"))
                                .filter(Files::isExecutable)
                                .max(Path::compareTo);
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        String reason = "there is no kubectl in %s; tools/fetch-clients fetches it";
        if ("1".equals(System.getenv("PILOTHOUSE_REQUIRE_CLIENTS"))) {
            return Assertions.fail(reason.formatted(clients));
        }
        return Assumptions.abort(reason.formatted(clients));
    }

    @Test
    void actionsOnWorkloadsAreThoseOfKubectl() throws Exception {
        for (String name : List.of("web-a", "web-b")) {
            app.api()
                    .create(
                            DEPLOYMENTS,
                            DeploymentYaml.of(name).container("{name: c, image: nginx}").yaml());
        }
        same(
                List.of("scale", "deployment/web-a", "--replicas=3"),
                () -> {
                    act("Deployment", "web-b", "scale");
                    KEYS.awaitFocus("eplicas").press("Ctrl+A").type("3").press("Enter");
                });
        same(
                List.of("rollout", "restart", "deployment/web-a"),
                () -> act("Deployment", "web-b", "restart"));
        same(
                List.of("set", "image", "deployment/web-a", "c=nginx:2"),
                () -> {
                    act("Deployment", "web-b", "setImage");
                    KEYS.awaitFocus("mage").press("Ctrl+A").type("nginx:2").press("Enter");
                });
        same(
                List.of("rollout", "pause", "deployment/web-a"),
                () -> act("Deployment", "web-b", "pause"));
        same(
                List.of("rollout", "resume", "deployment/web-a"),
                () -> act("Deployment", "web-b", "resume"));
    }

    @Test
    void undoIsThatOfKubectl() throws Exception {
        for (String name : List.of("back-a", "back-b")) {
            app.api()
                    .create(
                            DEPLOYMENTS,
                            DeploymentYaml.of(name).container("{name: c, image: nginx}").yaml());
            await(() -> ready(name) == 1);
            app.api()
                    .merge(
                            DEPLOYMENTS + "/" + name,
                            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"n\":\"2\"}}}}}");
            await(() ->
                    Json.text(
                                    app.api().get(DEPLOYMENTS + "/" + name),
                                    "metadata",
                                    "annotations",
                                    "deployment.kubernetes.io/revision")
                            .equals("2"));
        }
        same(
                List.of("rollout", "undo", "deployment/back-a"),
                () -> {
                    app.openPage(
                            Details.of(ObjectRef.of(DEPLOYMENT, "default", "back-b"))
                                    .withState("tab", "history"));
                    KEYS.awaitText("Go back to revision 1").tabTo("Go back to revision 1");
                    KEYS.press("Enter");
                });
    }

    @Test
    void actionsOnNodesAreThoseOfKubectl() throws Exception {
        same(List.of("cordon", "sim-1"), () -> act("Node", "sim-2", "cordon"));
        same(List.of("uncordon", "sim-1"), () -> act("Node", "sim-2", "uncordon"));
        for (String node : List.of("sim-1", "sim-2")) {
            app.api()
                    .create(
                            "/api/v1/namespaces/default/pods",
                            "{metadata: {name: on-%1$s}, spec: {nodeName: %1$s, containers: [{name: c, image: c}]}}"
                                    .formatted(node));
            await(() ->
                    app.api()
                            .get("/api/v1/namespaces/default/pods/on-" + node)
                            .at("/status/phase")
                            .asString("")
                            .equals("Running"));
        }
        // Other tests' pods would have other names on each node.
        for (String all : List.of(DEPLOYMENTS, "/apis/batch/v1/namespaces/default/jobs")) {
            app.api().delete(all + "?propagationPolicy=Background");
        }
        await(() -> pods() == 2);
        same(
                List.of("drain", "sim-1", "--force", "--grace-period=-1"),
                () -> {
                    act("Node", "sim-2", "drain");
                    KEYS.awaitText("I accept what is lost").tabTo("I accept what is lost");
                    KEYS.press("Space").tabTo("Drain").press("Enter");
                    KEYS.awaitText("Node sim-2 is drained.").press("Escape");
                });
    }

    @Test
    void actionsOnCronJobsAreThoseOfKubectl() throws Exception {
        for (String name : List.of("tick-a", "tick-b")) {
            app.api().create("/apis/batch/v1/namespaces/default/cronjobs", cronJob(name));
        }
        same(
                List.of("patch", "cronjob/tick-a", "-p", "{\"spec\":{\"suspend\":true}}"),
                () -> act("CronJob", "tick-b", "suspend"));
        List<Recorder.Change> theirs =
                run(List.of("create", "job", "by-hand", "--from=cronjob/tick-a"));
        List<Recorder.Change> ours = did(() -> act("CronJob", "tick-b", "trigger"), 1);
        assertEquals(theirs.getFirst().method(), ours.getFirst().method());
        assertEquals(theirs.getFirst().path(), ours.getFirst().path());
        // The window lets the server find a name; all else is what kubectl makes.
        JsonNode job = Json.parse(ours.getFirst().body().getBytes(StandardCharsets.UTF_8));
        JsonNode made = app.api().get("/apis/batch/v1/namespaces/default/jobs/by-hand");
        assertEquals(
                made.at("/metadata/annotations"), job.at("/metadata/annotations"), job::toString);
        assertEquals(
                made.at("/metadata/ownerReferences/0/kind"),
                job.at("/metadata/ownerReferences/0/kind"));
        assertEquals(
                made.at("/metadata/ownerReferences/0/controller"),
                job.at("/metadata/ownerReferences/0/controller"));
    }

    @Test
    void deletingIsThatOfKubectl() throws Exception {
        for (String name : List.of("gone-a", "gone-b")) {
            app.api()
                    .create(
                            "/api/v1/namespaces/default/configmaps",
                            "{metadata: {name: %s}}".formatted(name));
        }
        same(
                List.of("delete", "configmap/gone-a"),
                () -> {
                    act("ConfigMap", "gone-b", "delete");
                    KEYS.awaitText("gone-b").tabTo("Delete").press("Enter");
                });
        deletingAllIsThatOfKubectl();
    }

    private static void deletingAllIsThatOfKubectl() throws Exception {
        for (String owner : List.of("a", "b")) {
            for (int i = 0; i < 3; i++) {
                app.api()
                        .create(
                                "/api/v1/namespaces/default/configmaps",
                                "{metadata: {name: gone-%1$s-%2$d, labels: {lot: %1$s}}}"
                                        .formatted(owner, i));
            }
        }
        same(
                List.of(
                        "delete",
                        "configmaps",
                        "--selector=lot=a",
                        "--cascade=orphan",
                        "--grace-period=5"),
                () -> {
                    app.open("ConfigMap");
                    await(() -> app.names().contains("gone-b-2"));
                    fx(() -> {
                        app.window().workbench().focusCurrent();
                        return null;
                    });
                    KEYS.type("/gone-b-");
                    await(() -> app.names().size() == 3);
                    KEYS.press("Ctrl+K").type("delete all that are shown").press("Enter");
                    KEYS.awaitText("gone-b-2").tabTo("What belongs to it").press("Down", 2);
                    KEYS.tabTo("Seconds to end").type("5").tabTo("Delete").press("Enter");
                    KEYS.awaitText("3 objects deleted.");
                });
    }

    @Test
    void labelsAndAnnotationsAreThoseOfKubectl() throws Exception {
        for (String name : List.of("tag-a", "tag-b")) {
            app.api()
                    .create(
                            "/api/v1/namespaces/default/configmaps",
                            """
                            metadata:
                              name: %s
                              labels: {gone: x, other: here}
                              annotations: {example.com/gone: x, other: here}
                            """
                                    .formatted(name));
        }
        same(
                List.of("label", "configmap/tag-a", "a=b", "gone-"),
                () -> {
                    act("ConfigMap", "tag-b", "label");
                    pair("a", "b");
                    KEYS.tabTo("Remove gone").press("Space").press("Enter");
                });
        same(
                List.of("label", "configmap/tag-a", "--overwrite", "other=z"),
                () -> {
                    act("ConfigMap", "tag-b", "label");
                    KEYS.awaitFocus("Key").tabTo("Value of other").press("Ctrl+A").type("z");
                    KEYS.press("Enter");
                });
        same(
                List.of("annotate", "configmap/tag-a", "a=any text/at all", "example.com/gone-"),
                () -> {
                    act("ConfigMap", "tag-b", "annotate");
                    pair("a", "any text/at all");
                    KEYS.tabTo("Remove example.com/gone").press("Space").press("Enter");
                });
    }

    private static void pair(String key, String value) throws Exception {
        KEYS.awaitFocus("Key").type(key).tabTo("Value of " + key).type(value);
    }

    @Test
    void applyingIsThatOfKubectlOnTheServerSide() throws Exception {
        String text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\ndata:\n  a: b\n";
        Path file = Files.writeString(directory.resolve("a.yaml"), text.formatted("put-a"));
        same(
                List.of("apply", "--server-side", "-f", file.toString()),
                () -> {
                    app.openPage(Place.of(Editors.TYPE).with("draft", "kubectl"));
                    KEYS.awaitText("kind: Deployment");
                    fx(() -> {
                        CodeArea area = app.find("#code");
                        area.replaceText(text.formatted("put-b"));
                        return null;
                    });
                    KEYS.awaitText("The server accepts this");
                    KEYS.press("Ctrl+Enter").awaitText("put-b has been applied");
                });
    }

    /** Something the user does. */
    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }

    /** Object a by kubectl, object b by the window; the same but for the names. */
    private static void same(List<String> command, Act act) throws Exception {
        List<Recorder.Change> theirs = run(command);
        assertFalse(theirs.isEmpty(), command::toString);
        List<Recorder.Change> ours = did(act, theirs.size());
        assertEquals(
                theirs.stream().map(KubectlRequestsTest::compared).sorted().toList(),
                ours.stream().map(KubectlRequestsTest::compared).sorted().toList(),
                String.join(" ", command));
    }

    private static String compared(Recorder.Change change) {
        String body =
                change.body().isEmpty()
                        ? ""
                        : canonical(change.body())
                                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[^\"]+", "TIME");
        String all = change.method() + " " + change.path() + " " + change.type() + " " + body;
        return all.replaceAll("\\b(web|back|tick|gone|put|tag)-b\\b", "$1-a")
                .replace("sim-2", "sim-1");
    }

    /** YAML and JSON, as JSON with sorted keys. */
    private static String canonical(String body) {
        boolean json = body.startsWith("{") || body.startsWith("[");
        JsonNode node =
                sorted(
                        json
                                ? Json.parse(body.getBytes(StandardCharsets.UTF_8))
                                : YamlDocument.parse(body).getFirst().object());
        // The window also says which object it means, so that none of the same name goes.
        if (node instanceof ObjectNode options && options.has("propagationPolicy")) {
            options.remove(List.of("preconditions", "kind", "apiVersion"));
        }
        if (node.path("deleteOptions") instanceof ObjectNode options) {
            options.remove("preconditions");
        }
        return node.toString();
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode result = Json.array();
            array.forEach(item -> result.add(sorted(item)));
            return result;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode result = Json.object();
        object.propertyStream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> result.set(entry.getKey(), sorted(entry.getValue())));
        return result;
    }

    private static List<Recorder.Change> run(List<String> command) throws Exception {
        recorder.take();
        var all = new ArrayList<>(List.of(kubectl.toString()));
        all.add("--server=" + recorder.endpoint());
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", "/dev/null");
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(60, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue(), command + ": " + said);
        return recorder.take().stream()
                .filter(change -> !change.path().contains("selfsubject"))
                .toList();
    }

    private static List<Recorder.Change> did(Act act, int expected) throws Exception {
        int before = changes().size();
        act.run();
        await(() -> changes().size() >= before + expected);
        await(() -> changes().getLast().status() != 0);
        return changes().subList(before, changes().size()).stream()
                .map(sent ->
                        new Recorder.Change(
                                sent.method(),
                                sent.path().replaceAll("\\?.*", ""),
                                sent.contentType(),
                                sent.body()))
                .toList();
    }

    /** Without those that only ask, such as a dry run. */
    private static List<SentRequest> changes() {
        return app.requests().stream()
                .filter(SentRequest::isChange)
                .filter(sent -> !sent.path().contains("dryRun"))
                .toList();
    }

    private static void act(String kind, String name, String action) throws Exception {
        app.open(kind);
        await(() -> app.names().contains(name));
        fx(() -> {
            TableView<?> table = app.find("#objects");
            table.getSelectionModel().clearAndSelect(app.indexOf(table, name));
            ContextMenu menu = table.getContextMenu();
            menu.getOnShowing().handle(null);
            menu.getItems().stream()
                    .filter(item -> ("action-" + action).equals(item.getId()))
                    .findFirst()
                    .orElseThrow()
                    .fire();
            return null;
        });
    }

    private static int ready(String name) throws Exception {
        return (int)
                Json.number(app.api().get(DEPLOYMENTS + "/" + name), 0, "status", "readyReplicas");
    }

    private static int pods() throws Exception {
        return app.api().get("/api/v1/namespaces/default/pods").path("items").size();
    }

    private static String cronJob(String name) {
        return """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: %s}
        spec:
          schedule: "0 0 1 1 *"
          jobTemplate:
            spec:
              template:
                spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}
        """
                .formatted(name);
    }

    private static void await(Callable<Boolean> condition) {
        Keyboard.until(condition, KEYS::screen);
    }
}
