package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static dev.pilothouse.ui.testing.Waits.awaitTrue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.workbench.Place;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor before the real control plane, while another client changes the cluster. */
class EditorTest {

    private static final Kind DEPLOYMENT =
            new Kind("apps", "v1", "deployments", "Deployment", true);
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
    void createsADeploymentByTextAndItRolls() throws Exception {
        app.openPage(Place.of(Editors.TYPE).with("draft", "text"));
        awaitTrue(() -> text().contains("kind: Deployment"));
        write(text().replace("name: web\n  namespace", "name: typed\n  namespace"));
        awaitTrue(() -> app.text("#check").equals("The server accepts this"));
        Pictures.take(app, "editor-yaml");

        fire("#apply");

        awaitTrue(() -> ready("typed") == 2);
        assertEquals(
                "pilothouse",
                Json.text(
                        app.api()
                                .get(DEPLOYMENTS + "/typed")
                                .path("metadata")
                                .path("managedFields")
                                .get(0),
                        "manager"));
    }

    @Test
    void createsADeploymentByForm() throws Exception {
        app.openPage(Place.of(Editors.TYPE).with("draft", "form"));
        awaitTrue(() -> text().contains("kind: Deployment"));
        fire("#mode-both");
        awaitTrue(() -> app.scene().lookup("#field-metadata-name") != null);
        fill("#field-metadata-name", "formed");
        fill("#field-spec-replicas", "3");
        assertTrue(text().contains("name: formed\n"), EditorTest::text);
        assertTrue(text().contains("replicas: 3\n"), EditorTest::text);
        assertTrue(
                text().startsWith("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name"),
                EditorTest::text);

        fill("#field-spec-replicas", "many");
        awaitTrue(() -> app.text("#error-spec-replicas").contains("must be a whole number"));
        Pictures.take(app, "editor-form");
        assertEquals(
                List.of(), fx(() -> Nameless.in(app.window().workbench().current().get().view())));
        fill("#field-spec-replicas", "1");
        fill("#field-metadata-name", "Not A Name");
        awaitTrue(() -> app.text("#error-metadata-name").contains("RFC 1123"));
        fill("#field-metadata-name", "formed");

        fire("#apply");

        awaitTrue(() -> ready("formed") == 1);
    }

    @Test
    void saysWhatIsWrongWhileTyping() throws Exception {
        app.openPage(Place.of(Editors.TYPE).with("draft", "wrong"));
        awaitTrue(() -> text().contains("kind: Deployment"));
        write(text().replace("replicas: 2", "replcas: 2"));
        awaitTrue(() -> problems().contains("There is no field replcas here; replicas"));
        write(text().replace("replcas: 2", "replicas: two"));
        awaitTrue(() -> problems().contains("replicas must be a whole number"));
        write(text().replace("replicas: two", "replicas: [2"));
        awaitTrue(() -> problems().contains("This is not YAML"));
        write(
                text().replace("replicas: [2", "replicas: 2")
                        .replace("      app: web\n  t", "      app: other\n  t"));
        awaitTrue(() -> problems().contains("selector"));
        Pictures.take(app, "editor-problems");
    }

    @Test
    void showsWhoOwnsWhatIsInConflictAndTakesTheirsOrForces() throws Exception {
        app.api().create(DEPLOYMENTS, DeploymentYaml.of("owned").yaml());
        app.openPage(Editors.of(ObjectRef.of(DEPLOYMENT, "default", "owned")));
        awaitTrue(() -> text().contains("replicas: 1"));
        write(text().replace("replicas: 1", "replicas: 4"));

        fire("#apply");

        awaitTrue(() -> app.scene().lookup("#conflict-force") != null);
        Pictures.take(app, "editor-owners");
        fire("#conflict-theirs");
        awaitTrue(() -> text().contains("replicas: 1"));

        write(text().replace("replicas: 1", "replicas: 4"));
        fire("#apply");
        awaitTrue(() -> app.scene().lookup("#conflict-force") != null);
        fire("#conflict-force");
        awaitTrue(() -> replicas("owned") == 4);
    }

    @Test
    void mergesWhatOthersChangeMeanwhile() throws Exception {
        app.api().create(DEPLOYMENTS, DeploymentYaml.of("shared").yaml());
        app.openPage(Editors.of(ObjectRef.of(DEPLOYMENT, "default", "shared")));
        awaitTrue(() -> text().contains("replicas: 1"));
        write(text().replace("replicas: 1", "replicas: 2"));

        app.api().merge(DEPLOYMENTS + "/shared", "{\"spec\":{\"minReadySeconds\":7}}");
        awaitTrue(() -> app.scene().lookup("#merge") != null);
        fire("#merge");
        awaitTrue(() -> text().contains("minReadySeconds: 7"));
        assertTrue(text().contains("replicas: 2"), EditorTest::text);

        app.api().merge(DEPLOYMENTS + "/shared", "{\"spec\":{\"replicas\":5}}");
        awaitTrue(() -> app.scene().lookup("#merge") != null);
        fire("#merge");
        awaitTrue(() -> app.scene().lookup("#merge-theirs") != null);
        assertTrue(text().contains("<<<<<<< mine"), EditorTest::text);
        Pictures.take(app, "editor-merge");
        fire("#merge-theirs");
        awaitTrue(() -> text().contains("replicas: 5"));
        assertFalse(text().contains("<<<<<<<"), EditorTest::text);
    }

    @Test
    void keepsWhatWasTypedOverClosingAndComparesIt() throws Exception {
        app.api().create(DEPLOYMENTS, DeploymentYaml.of("kept").yaml());
        Place place = Editors.of(ObjectRef.of(DEPLOYMENT, "default", "kept"));
        app.openPage(place);
        awaitTrue(() -> text().contains("replicas: 1"));
        write(text().replace("replicas: 1", "replicas: 9 # soon"));
        closePages();

        app.openPage(place);
        awaitTrue(() -> text().contains("replicas: 9 # soon"));
        awaitTrue(() -> app.scene().lookup("#banner-restored") != null);
        fire("#mode-diff");
        awaitTrue(() -> app.text("#diff-summary").equals("1 line removed, 1 line added"));
        Pictures.take(app, "editor-diff");
        fire("#discard");
        awaitTrue(() -> app.text("#diff-summary").equals("No difference"));
        fire("#mode-yaml");
        assertTrue(text().contains("replicas: 1"), EditorTest::text);
    }

    @Test
    void appliesSeveralDocumentsFromTheMenuOfTemplates() throws Exception {
        app.openPage(Place.of(Editors.TYPE).with("draft", "many"));
        awaitTrue(() -> text().contains("kind: Deployment"));
        write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n");
        fx(() -> {
            MenuButton templates = (MenuButton) app.scene().lookup("#template");
            for (MenuItem item : templates.getItems()) {
                if ("template-Service".equals(item.getId())) {
                    item.fire();
                }
            }
            return null;
        });
        awaitTrue(() -> text().contains("---\napiVersion: v1\nkind: Service"));

        fire("#apply");

        awaitTrue(() -> app.api().code("/api/v1/namespaces/default/configmaps/one") == 200);
        awaitTrue(() -> app.api().code("/api/v1/namespaces/default/services/web") == 200);
    }

    @Test
    void beginsWithTheKindOfTheListAndHelpsWhileTyping() throws Exception {
        fx(() -> {
            app.window().open("ConfigMap");
            return null;
        });
        awaitTrue(() ->
                app.scene().lookup("#create") != null && app.text("#title").equals("ConfigMap"));
        fire("#create");
        awaitTrue(() -> text().contains("kind: ConfigMap"));
        fx(() -> {
            CodeArea area = (CodeArea) app.scene().lookup("#code");
            area.replaceText("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: helped\nimm");
            area.requestFocus();
            area.moveTo(area.getLength());
            return null;
        });
        awaitTrue(() -> {
            fx(() -> {
                Node area = app.scene().lookup("#code");
                area.fireEvent(
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED,
                                " ",
                                " ",
                                KeyCode.SPACE,
                                false,
                                true,
                                false,
                                false));
                return null;
            });
            return popupShows("immutable");
        });
        fx(() -> {
            app.scene()
                    .lookup("#code")
                    .fireEvent(
                            new KeyEvent(
                                    KeyEvent.KEY_PRESSED,
                                    "",
                                    "",
                                    KeyCode.ENTER,
                                    false,
                                    false,
                                    false,
                                    false));
            return null;
        });
        awaitTrue(() -> text().endsWith("\nimmutable: "));
    }

    private static boolean popupShows(String label) throws Exception {
        return fx(() ->
                Window.getWindows().stream()
                        .map(window -> window.getScene().lookup("#proposals"))
                        .anyMatch(node ->
                                node instanceof ListView<?> list
                                        && list.getItems().toString().contains(label)));
    }

    private static int ready(String name) throws Exception {
        return (int)
                Json.number(app.api().get(DEPLOYMENTS + "/" + name), 0, "status", "readyReplicas");
    }

    private static int replicas(String name) throws Exception {
        return (int) Json.number(app.api().get(DEPLOYMENTS + "/" + name), 0, "spec", "replicas");
    }

    private static String text() {
        try {
            return fx(() ->
                    app.scene().lookup("#code") instanceof CodeArea area ? area.getText() : "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void write(String text) throws Exception {
        fx(() -> {
            ((CodeArea) app.scene().lookup("#code")).replaceText(text);
            return null;
        });
    }

    private static String problems() throws Exception {
        return fx(() -> String.valueOf(((ListView<?>) app.scene().lookup("#problems")).getItems()));
    }

    private static void fill(String field, String text) throws Exception {
        fx(() -> {
            ((TextInputControl) app.scene().lookup(field)).setText(text);
            return null;
        });
    }

    private static void fire(String id) throws Exception {
        fx(() -> {
            Node node = app.scene().lookup(id);
            switch (node) {
                case ToggleButton toggle -> toggle.fire();
                case Button button -> button.fire();
                case ButtonBase other -> other.fire();
                case null, default -> throw new AssertionError("no button " + id);
            }
            return null;
        });
    }
}
