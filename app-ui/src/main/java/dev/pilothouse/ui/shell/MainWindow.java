package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.KindsEvents;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.DetailPane;
import dev.pilothouse.ui.resource.ObjectTable;
import dev.pilothouse.ui.resource.TableState;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.scene.Parent;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Kinds on the left, the objects of the chosen one in the middle, one of them on the right, the
 * connection below. All methods belong to the JavaFX thread.
 */
public final class MainWindow {

    private static final double NAVIGATOR = 264;

    private final Executor pulse;
    private final Navigator navigator = new Navigator(this::open, this::focusTable);
    private final Toolbar toolbar;
    private final NamespaceChooser namespaces;
    private final ObjectTable table;
    private final DetailPane detail;
    private final StatusBar status;
    private final LostBanner lost;
    private final DeleteDialog delete;
    private final ActionController actions;
    private final Notice notice = new Notice();
    private final SplitPane content = new SplitPane();
    private final BorderPane root = new BorderPane();
    private final Subscription kinds;
    private @Nullable Kind kind;

    /**
     * A window onto a cluster.
     *
     * @param pulse runs work on the JavaFX thread, together with the drawing
     */
    public MainWindow(Cluster cluster, Executor pulse) {
        this.pulse = pulse;
        table = new ObjectTable(cluster, pulse, new TableListener());
        detail = new DetailPane(cluster, pulse, new DetailActions());
        status = new StatusBar(cluster.endpoint());
        lost = new LostBanner(this::retry);
        delete = new DeleteDialog(cluster, pulse, notice::show);
        actions = new ActionController(cluster, pulse, notice, this::stage);
        namespaces = new NamespaceChooser(cluster, pulse, namespace -> reopen());
        toolbar = new Toolbar(namespaces.view(), table::filter, this::focusTable);
        layOut();
        new Keys(navigator::focusJump, toolbar::focusFilter, new KeyActions())
                .install(root, table.view());
        RowMenu.install(table, detail, actions, new KeyActions());
        kinds = cluster.followKinds(new KindsListener());
    }

    /** The content of the window's scene. */
    public Parent root() {
        return root;
    }

    /** Opens a kind by its name, if the cluster has it. */
    public void open(String kindName) {
        navigator.choose(kindName);
    }

    /** Opens the detail pane on the selected object. */
    public void openDetail() {
        ObjectTable.Selected selected = table.selection();
        if (selected != null) {
            if (!content.getItems().contains(detail.view())) {
                content.getItems().add(detail.view());
                content.setDividerPositions(0.57);
            }
            detail.show(selected);
            detail.focus();
        }
    }

    /** Ends everything that is followed. */
    public void close() {
        kinds.close();
        namespaces.close();
        table.close();
    }

    private void layOut() {
        VBox.setVgrow(table.view(), Priority.ALWAYS);
        var objects = new VBox(toolbar.view(), lost.view(), notice.view(), table.view());
        objects.getStyleClass().add("objects-pane");
        objects.setMinWidth(320);
        detail.view().setMinWidth(300);
        content.getItems().add(objects);
        content.getStyleClass().add("content");
        navigator.view().setMinWidth(160);
        navigator.view().setPrefWidth(NAVIGATOR);
        var split = new SplitPane(navigator.view(), content);
        SplitPane.setResizableWithParent(navigator.view(), false);
        // The navigator has the same width in a small window and in a large one.
        split.widthProperty()
                .subscribe(width -> {
                    if (width.doubleValue() > 0 && split.getUserData() == null) {
                        split.setUserData("placed");
                        split.setDividerPositions(NAVIGATOR / width.doubleValue());
                    }
                });
        root.setCenter(split);
        root.setBottom(status.view());
        root.getStyleClass().add("main");
    }

    private void open(Kind wanted) {
        kind = wanted;
        closeDetail();
        notice.hide();
        namespaces.enable(wanted.namespaced());
        toolbar.show(wanted);
        table.show(wanted, wanted.namespaced() ? namespaces.namespace() : "");
    }

    private void reopen() {
        if (kind != null && kind.namespaced()) {
            open(kind);
        }
    }

    private void retry() {
        table.retry();
        kinds.retry();
    }

    private void focusTable() {
        table.focus();
    }

    private void closeDetail() {
        content.getItems().remove(detail.view());
    }

    private boolean isDetailOpen() {
        return content.getItems().contains(detail.view());
    }

    private void askDelete(ObjectTable.@Nullable Selected object) {
        if (object != null) {
            delete.ask(object, stage());
        }
    }

    private @Nullable Window stage() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    private final class KindsListener implements KindsEvents {
        @Override
        public void kinds(List<Kind> found) {
            pulse.execute(() -> {
                navigator.show(found);
                if (kind == null) {
                    navigator.choose("Namespace");
                    focusTable();
                } else if (!found.contains(kind)) {
                    notice.show(Texts.text("kind.gone", kind.kind()));
                }
            });
        }

        @Override
        public void failed(String reason) {
            pulse.execute(() -> {
                if (kind == null) {
                    notice.show(reason);
                }
            });
        }
    }

    private final class TableListener implements ObjectTable.Listener {
        @Override
        public void selected(ObjectTable.@Nullable Selected object) {
            if (isDetailOpen()) {
                detail.show(object);
            }
        }

        @Override
        public void state(TableState state) {
            status.show(state);
            lost.show(state.total() > 0 ? state.connection() : new Connection.Connecting());
        }
    }

    private final class DetailActions implements DetailPane.Actions {
        @Override
        public void delete(ObjectTable.Selected object) {
            askDelete(object);
        }

        @Override
        public List<MenuItem> offered(ObjectTable.Selected object) {
            return RowMenu.items(actions, object);
        }

        @Override
        public void close() {
            closeDetail();
            focusTable();
        }
    }

    private final class KeyActions implements Keys.Actions {
        @Override
        public void open() {
            openDetail();
        }

        @Override
        public boolean back() {
            boolean open = isDetailOpen();
            if (open) {
                closeDetail();
                focusTable();
            }
            return open;
        }

        @Override
        public void delete() {
            askDelete(table.selection());
        }

        @Override
        public boolean act(String key) {
            ObjectTable.Selected selected = table.selection();
            return selected != null && actions.key(selected, key);
        }
    }
}
