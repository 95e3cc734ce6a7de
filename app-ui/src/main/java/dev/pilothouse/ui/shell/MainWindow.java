package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.ClusterClient;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.resource.ObjectTable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Kinds on the left, the objects of the chosen one on the right, the connection below. */
public final class MainWindow {

    private static final double GAP = 8;

    private final ClusterClient client;
    private final Executor hop;
    private final ListView<Kind> kinds = new ListView<>();
    private final Label status = new Label("Connecting ...");
    private final ObjectTable table;
    private final BorderPane root = new BorderPane();

    /**
     * A window onto a cluster; on the JavaFX thread.
     *
     * @param hop runs work on the JavaFX thread
     */
    public MainWindow(ClusterClient client, Executor hop) {
        this.client = client;
        this.hop = hop;
        this.table = new ObjectTable(client, hop, status::setText);
        kinds.setId("kinds");
        status.setId("status");
        kinds.setPlaceholder(new Label("Loading kinds ..."));
        kinds.setCellFactory(list -> new KindCell());
        kinds.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, before, chosen) -> {
                    if (chosen != null) {
                        table.show(chosen);
                    }
                });
        root.setCenter(split());
        root.setBottom(statusBar());
        loadKinds();
    }

    /** The content of the window's scene. */
    public Parent root() {
        return root;
    }

    /** Ends the watch of the table. */
    public void close() {
        table.close();
    }

    private SplitPane split() {
        var filter = new TextField();
        filter.setId("namespace");
        filter.setPromptText("Namespace");
        filter.setAccessibleText("Show only this namespace");
        filter.textProperty().addListener((property, before, text) -> table.filterNamespace(text));
        var tools = new HBox(GAP, filter);
        tools.setPadding(new Insets(GAP));
        VBox.setVgrow(table.view(), Priority.ALWAYS);
        var split = new SplitPane(kinds, new VBox(tools, table.view()));
        split.setDividerPositions(0.22);
        SplitPane.setResizableWithParent(kinds, false);
        return split;
    }

    private HBox statusBar() {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var bar = new HBox(GAP, status, space, new Label(client.endpoint().toString()));
        bar.setPadding(new Insets(GAP / 2, GAP, GAP / 2, GAP));
        return bar;
    }

    private void loadKinds() {
        Thread.ofVirtual()
                .name("discovery")
                .start(() -> {
                    try {
                        List<Kind> found = client.kinds();
                        hop.execute(() -> showKinds(found));
                    } catch (IOException e) {
                        hop.execute(() -> showFailure(String.valueOf(e.getMessage())));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void showKinds(List<Kind> found) {
        kinds.setPlaceholder(new Label("The server offers no kinds."));
        kinds.getItems().setAll(found);
        status.setText("Connected");
        found.stream()
                .filter(kind -> kind.kind().equals("Namespace"))
                .findFirst()
                .ifPresent(kind -> kinds.getSelectionModel().select(kind));
    }

    private void showFailure(String reason) {
        kinds.setPlaceholder(new Label("Kinds cannot be read."));
        status.setText("Not connected: " + reason);
    }

    /** The kind's name, and its group where it has one. */
    private static final class KindCell extends ListCell<Kind> {
        @Override
        protected void updateItem(Kind kind, boolean empty) {
            super.updateItem(kind, empty);
            if (empty || kind == null) {
                setText(null);
            } else {
                setText(kind.group().isEmpty() ? kind.kind() : kind.kind() + "  " + kind.group());
            }
        }
    }
}
