package dev.pilothouse.ui.clusters;

import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.kubeconfig.KubeContext;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One context: where it leads, as whom, what the user has said of it. JavaFX thread only. */
final class ClusterCard {

    static final double WIDTH = 330;

    private final CheckBox readOnly = new CheckBox(Texts.text("clusters.readOnly"));
    private final CheckBox guarded = new CheckBox(Texts.text("clusters.protected"));
    private final Button open = new Button(Texts.text("clusters.open"));
    private final Label state = new Label();
    private final VBox root;

    ClusterCard(KubeContext context, Access.Marks marks) {
        Label name = new Label(context.name());
        name.getStyleClass().add("card-title");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setTooltip(new Tooltip(context.name() + "\n" + context.file()));
        Label server = new Label(context.server());
        server.getStyleClass().add("hint");
        Label user = new Label(Texts.text("clusters.user", context.userName()));
        user.getStyleClass().add("hint");
        readOnly.setSelected(marks.readOnly());
        readOnly.setTooltip(new Tooltip(Texts.text("clusters.readOnly.hint")));
        guarded.setSelected(marks.guarded());
        guarded.setTooltip(new Tooltip(Texts.text("clusters.protected.hint")));
        open.getStyleClass().addAll("accent", "cluster-open");
        open.setAccessibleText(Texts.text("clusters.open.accessible", context.name()));
        open.setMinWidth(Region.USE_PREF_SIZE);
        state.getStyleClass().add("hint");
        state.setWrapText(true);
        HBox chosen = new HBox(14, readOnly, guarded);
        // Below: a sentence with paths needs the whole width.
        root = new VBox(8, name, server, user, chosen, open, state);
        state.managedProperty().bind(state.textProperty().isNotEmpty());
        root.setId("cluster-" + context.name());
        root.getStyleClass().add("card");
        root.setPrefWidth(WIDTH);
        root.setMaxWidth(WIDTH);
    }

    Region view() {
        return root;
    }

    void onOpen(Runnable action) {
        open.setOnAction(event -> action.run());
    }

    void onMarks(Consumer<Access.Marks> changed) {
        Runnable tell =
                () -> changed.accept(new Access.Marks(readOnly.isSelected(), guarded.isSelected()));
        readOnly.setOnAction(event -> tell.run());
        guarded.setOnAction(event -> tell.run());
    }

    void busy(String what) {
        open.setDisable(true);
        state.setText(what);
    }

    void idle(String what) {
        open.setDisable(false);
        state.setText(what);
    }
}
