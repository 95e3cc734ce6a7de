package dev.pilothouse.ui.launch;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.logs.Logs;
import dev.pilothouse.ui.terminal.Terminals;
import dev.pilothouse.ui.why.Whys;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import org.fxmisc.richtext.CodeArea;

/** The screens of which pictures are made, over the objects of {@link Fleet}. */
final class Shots {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Kind POD = core("pods", "Pod");
    private static final Kind NODE = new Kind("", "v1", "nodes", "Node", false);
    private static final Kind SECRET = core("secrets", "Secret");
    private static final Kind SERVICE = core("services", "Service");
    private static final Kind CONFIG_MAP = core("configmaps", "ConfigMap");
    private static final Kind DEPLOYMENT =
            new Kind("apps", "v1", "deployments", "Deployment", true);
    private static final Kind CRON_JOB = new Kind("batch", "v1", "cronjobs", "CronJob", true);
    private static final Kind INGRESS =
            new Kind("networking.k8s.io", "v1", "ingresses", "Ingress", true);
    private static final Kind ROLE =
            new Kind("rbac.authorization.k8s.io", "v1", "roles", "Role", true);
    private static final Kind BOAT = new Kind("harbour.example.com", "v1", "boats", "Boat", true);

    private Shots() {}

    /** A screen, and what has to be done to see it. */
    record Shot(String name, Steps steps) {}

    /** What a user does. */
    @FunctionalInterface
    interface Steps {
        void take(WindowFixture app) throws Exception;
    }

    /** All screens; add new ones here. The last ones are those of a server that is gone. */
    static List<Shot> all() {
        return List.of(
                new Shot("overview", app -> open(app, Place.of("overview"), Where.TAB)),
                new Shot("detail", Shots::beside),
                new Shot("list", app -> list(app, "Pod")),
                new Shot("grouped", app -> command(app, "ReplicaSet", "group")),
                new Shot("columns", app -> command(app, "Pod", "columns")),
                new Shot("selected", app -> select(app, "Pod", 1, 4)),
                new Shot("empty", app -> list(app, "Ingress")),
                new Shot("nomatch", Shots::filtered),
                new Shot("custom", app -> list(app, "Boat")),
                new Shot("events", app -> list(app, "Event")),
                new Shot("split", Shots::split),
                new Shot("pod", app -> page(app, Details.of(in("shop", POD, "cart")))),
                new Shot("crash", app -> page(app, Details.of(in("shop", POD, "importer")))),
                new Shot("node", app -> page(app, Details.of(in("", NODE, "sim-1")))),
                new Shot("service", app -> page(app, Details.of(in("shop", SERVICE, "web")))),
                new Shot("secret", app -> page(app, Details.of(in("shop", SECRET, "mail")))),
                new Shot("role", app -> page(app, Details.of(in("shop", ROLE, "deployer")))),
                new Shot("boat", app -> page(app, Details.of(in("shop", BOAT, "ada")))),
                new Shot("missing", app -> page(app, Details.of(in("shop", POD, "no-such")))),
                new Shot("rollout", app -> page(app, Details.of(in("shop", DEPLOYMENT, "search")))),
                new Shot("yaml", app -> tab(app, in("shop", DEPLOYMENT, "search"), "yaml")),
                new Shot("charts", app -> tab(app, in("shop", POD, "cart"), "metrics")),
                new Shot("history", app -> tab(app, in("shop", DEPLOYMENT, "search"), "history")),
                new Shot("why", app -> page(app, Whys.of(in("shop", POD, "training")))),
                new Shot("why-well", app -> page(app, Whys.of(in("shop", POD, "cart")))),
                new Shot("logs", app -> page(app, Logs.of(in("shop", DEPLOYMENT, "checkout"), ""))),
                new Shot("logs-none", app -> page(app, Logs.of(in("shop", POD, "training"), ""))),
                new Shot("terminal", app -> page(app, shell(in("shop", POD, "cart")))),
                new Shot("terminal-failed", app -> page(app, shell(in("shop", POD, "training")))),
                new Shot("editor", app -> page(app, editor("checkout"))),
                new Shot("editor-wrong", Shots::wrong),
                new Shot("editor-diff", Shots::diff),
                new Shot("editor-conflict", Shots::conflict),
                new Shot("editor-merge", Shots::merge),
                new Shot("create", app -> page(app, Place.of("editor"))),
                new Shot("form", app -> form(app, DEPLOYMENT)),
                new Shot("form-service", app -> form(app, SERVICE)),
                new Shot("form-ingress", app -> form(app, INGRESS)),
                new Shot("form-cronjob", app -> form(app, CRON_JOB)),
                new Shot("form-configmap", app -> form(app, CONFIG_MAP)),
                new Shot("form-custom", app -> form(app, BOAT)),
                new Shot("metrics", app -> page(app, Place.of("metrics"))),
                new Shot("access", app -> page(app, Place.of("rights"))),
                new Shot("forwards-none", app -> page(app, Place.of("forwards"))),
                new Shot("forwards", Shots::forward),
                new Shot("requests", Shots::requests),
                new Shot("map", app -> page(app, Place.of("map"))),
                new Shot("clusters", app -> open(app, Place.of("clusters"), Where.TAB)),
                new Shot("keys", app -> open(app, Place.of("keys"), Where.TAB)),
                new Shot("palette", Shots::palette),
                new Shot("help", app -> command(app, "Deployment", "help")),
                new Shot("dialog-view", app -> command(app, "Pod", "saveView")),
                new Shot("dialog-scale", app -> dialog(app, "Deployment", 0, "action-scale")),
                new Shot("dialog-image", app -> dialog(app, "Deployment", 0, "action-setImage")),
                new Shot("dialog-labels", app -> dialog(app, "Deployment", 0, "action-label")),
                new Shot("dialog-evict", app -> dialog(app, "Pod", 1, "action-evict")),
                new Shot("dialog-drain", app -> dialog(app, "Node", 1, "action-drain")),
                new Shot("dialog-delete", app -> dialog(app, "Deployment", 0, "action-delete")),
                new Shot("lost", app -> lost(app, shown -> list(shown, "Pod"))),
                new Shot(
                        "lost-detail",
                        app ->
                                lost(
                                        app,
                                        shown -> page(shown, Details.of(in("shop", POD, "cart"))))),
                new Shot(
                        "lost-overview",
                        app -> lost(app, shown -> page(shown, Place.of("overview")))));
    }

    private static Kind core(String resource, String kind) {
        return new Kind("", "v1", resource, kind, true);
    }

    private static ObjectRef in(String namespace, Kind kind, String name) {
        return ObjectRef.of(kind, namespace, name);
    }

    private static Place editor(String deployment) {
        return Editors.of(in("shop", DEPLOYMENT, deployment));
    }

    private static Place shell(ObjectRef pod) {
        return Terminals.of(pod, "", Terminals.Mode.SHELL);
    }

    // ---- what is done ----

    private static void beside(WindowFixture app) throws Exception {
        list(app, "Deployment");
        table(app, table -> table.getSelectionModel().clearAndSelect(2));
        fx(() -> {
            app.window().openDetail();
            return null;
        });
    }

    private static void select(WindowFixture app, String kind, int from, int to) throws Exception {
        list(app, kind);
        table(app, table -> table.getSelectionModel().selectRange(from, to));
    }

    private static void filtered(WindowFixture app) throws Exception {
        list(app, "Pod");
        fx(() -> {
            app.<TextField>find("#filter").setText("no such pod");
            return null;
        });
    }

    private static void split(WindowFixture app) throws Exception {
        list(app, "Pod");
        open(app, Place.of("requests"), Where.SPLIT_DOWN);
    }

    private static void tab(WindowFixture app, ObjectRef object, String id) throws Exception {
        page(app, Details.of(object));
        fx(() -> {
            TabPane tabs = (TabPane) app.scene().lookup(".detail-tabs");
            tabs.getTabs().stream()
                    .filter(each -> id.equals(each.getId()))
                    .forEach(tabs.getSelectionModel()::select);
            return null;
        });
        settle();
    }

    private static void form(WindowFixture app, Kind kind) throws Exception {
        page(app, Editors.create(kind, "shop"));
        fire(app, "#mode-form");
    }

    private static void wrong(WindowFixture app) throws Exception {
        page(app, editor("catalog"));
        edit(app, "replicas: 2", "replcas: two");
    }

    private static void diff(WindowFixture app) throws Exception {
        page(app, editor("frontend"));
        edit(app, "replicas: 2", "replicas: 3");
        fire(app, "#mode-diff");
    }

    private static void conflict(WindowFixture app) throws Exception {
        page(app, editor("payments"));
        edit(app, "replicas: 2", "replicas: 3");
        fire(app, "#apply");
        there(app, "#conflict-force");
    }

    private static void merge(WindowFixture app) throws Exception {
        page(app, editor("worker"));
        edit(app, "replicas: 2", "replicas: 3");
        String path = "/apis/apps/v1/namespaces/shop/deployments/worker";
        app.api().merge(path, "{\"spec\":{\"replicas\":4}}");
        there(app, "#merge");
        fire(app, "#merge");
        there(app, "#merge-theirs");
        app.api().merge(path, "{\"spec\":{\"replicas\":2}}");
    }

    private static void forward(WindowFixture app) throws Exception {
        page(app, Place.of("forwards"));
        if (fx(() -> app.scene().lookup(".forward-row") == null)) {
            dialog(app, "Service", 1, "verb-forward");
            there(app, "#forward-open");
            fire(app, "#forward-open");
        }
    }

    private static void requests(WindowFixture app) throws Exception {
        list(app, "Deployment");
        open(app, Place.of("requests"), Where.TAB);
        settle();
        fx(() -> {
            app.scene().getRoot().lookupAll("#requests").stream()
                    .filter(TableView.class::isInstance)
                    .forEach(node -> ((TableView<?>) node).getSelectionModel().clearAndSelect(1));
            return null;
        });
    }

    private static void palette(WindowFixture app) throws Exception {
        list(app, "Pod");
        table(app, table -> table.getSelectionModel().clearAndSelect(1));
        app.run("palette");
        fx(() -> {
            app.<TextField>find("#palette").setText("check");
            return null;
        });
    }

    /** A page while the server goes away. */
    private static void lost(WindowFixture app, Steps steps) throws Exception {
        if (app.text("#connection").equals("Connection lost")) {
            app.startServerAgain();
            await().atMost(LONG).until(() -> app.text("#connection").equals("Live"));
        }
        steps.take(app);
        app.stopServer();
        await().atMost(LONG).until(() -> app.text("#connection").equals("Connection lost"));
    }

    private static void dialog(WindowFixture app, String kind, int row, String item)
            throws Exception {
        list(app, kind);
        table(
                app,
                table -> {
                    table.getSelectionModel().clearAndSelect(row);
                    ContextMenu menu = table.getContextMenu();
                    menu.getOnShowing().handle(null);
                    menu.getItems().stream()
                            .filter(each -> item.equals(each.getId()))
                            .forEach(MenuItem::fire);
                });
    }

    private static void command(WindowFixture app, String kind, String command) throws Exception {
        list(app, kind);
        app.run(command);
    }

    // ---- how it is done ----

    private static void list(WindowFixture app, String kind) throws Exception {
        app.open(kind);
        drawn(app);
        settle();
        drawn(app);
    }

    /** A page that asks the server for what it shows. */
    private static void page(WindowFixture app, Place place) throws Exception {
        open(app, place, Where.TAB);
        drawn(app);
        settle();
        settle();
    }

    private static void open(WindowFixture app, Place place, Where where) throws Exception {
        fx(() -> {
            app.window().workbench().open(place, where);
            return null;
        });
    }

    private static void table(WindowFixture app, Consumer<TableView<?>> change) throws Exception {
        fx(() -> {
            change.accept(app.find("#objects"));
            return null;
        });
    }

    private static void edit(WindowFixture app, String text, String by) throws Exception {
        // What was typed for the picture before is kept as a draft.
        if (fx(() -> app.scene().lookup("#discard") != null)) {
            fire(app, "#discard");
            settle();
        }
        fx(() -> {
            CodeArea area = app.find("#code");
            area.replaceText(area.getText().replace(text, by));
            return null;
        });
        settle();
    }

    private static void fire(WindowFixture app, String id) throws Exception {
        fx(() -> {
            app.<ButtonBase>find(id).fire();
            return null;
        });
    }

    private static void there(WindowFixture app, String id) {
        await().atMost(LONG).until(() -> fx(() -> app.scene().lookup(id) != null));
    }

    private static void drawn(WindowFixture app) throws Exception {
        fx(() -> app.scene().snapshot(null));
    }

    /** Events of the server and pulses of the toolkit have come to rest. */
    static void settle() throws InterruptedException {
        Thread.sleep(Integer.getInteger("pilothouse.screens.settle", 1200));
    }
}
