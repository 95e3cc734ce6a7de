package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Drain;
import dev.pilothouse.ui.action.DrainPlan;
import dev.pilothouse.ui.action.DrainPlan.Entry;
import dev.pilothouse.ui.action.DrainPlan.Fate;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.fx.Background;
import dev.pilothouse.ui.i18n.Texts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.event.ActionEvent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Shows what draining a node would do to each pod, drains when told to, and shows how it goes.
 * Closing the dialog stops it; the node stays unschedulable. JavaFX thread only.
 */
final class DrainDialog {

    private static final double WIDTH = 640;

    private final Cluster cluster;
    private final Executor pulse;
    private final Notice notice;
    private final Map<String, DrainCell.Progress> progress = new HashMap<>();
    private final ListView<Entry> pods = new ListView<>();
    private final Label summary = new Label();
    private final CheckBox accept = new CheckBox(Texts.text("drain.accept"));
    private @Nullable Drain drain;

    DrainDialog(Cluster cluster, Executor pulse, Notice notice) {
        this.cluster = cluster;
        this.pulse = pulse;
        this.notice = notice;
    }

    /** Works out the plan, then shows it; returns at once. */
    void ask(String node, @Nullable Window owner) {
        var _ =
                Background.start(
                        "plan drain",
                        pulse,
                        () -> {
                            DrainPlan plan = Drain.plan(cluster, node);
                            pulse.execute(() -> show(plan, owner));
                        },
                        reason -> notice.failed(Texts.text("action.failed", node, reason)));
    }

    private void show(DrainPlan plan, @Nullable Window owner) {
        pods.getStyleClass().add("drain-pods");
        pods.setId("drain-pods");
        pods.setAccessibleText(Texts.text("drain.pods", plan.node()));
        pods.setCellFactory(list -> new DrainCell(progress));
        pods.getItems().setAll(plan.entries());
        pods.setPlaceholder(new Label(Texts.text("drain.none")));
        pods.setPrefHeight(Math.clamp(64.0 * plan.entries().size() + 4, 96, 340));
        VBox.setVgrow(pods, Priority.ALWAYS);
        summary.setId("drain-summary");
        summary.setWrapText(true);
        summary.setMinHeight(Region.USE_PREF_SIZE);
        summary.setText(summary(plan));
        accept.setId("drain-accept");
        boolean loses = plan.loses();
        accept.setVisible(loses);
        accept.setManaged(loses);
        BooleanExpression may = loses ? accept.selectedProperty() : new SimpleBooleanProperty(true);
        VBox content = new VBox(10, summary, pods, accept);
        if (cluster.marks().guarded()) {
            NameCheck check = new NameCheck("drain", plan.node());
            content.getChildren().add(check.view());
            may = may.and(check.right());
        }
        Dialog<ButtonType> dialog =
                Dialogs.of(
                        "drain-dialog",
                        Texts.text("drain.header", plan.node(), ConfirmDialog.where(cluster)),
                        content,
                        Texts.text("action.drain"),
                        owner);
        dialog.getDialogPane().setPrefWidth(WIDTH);
        dialog.setResizable(true);
        Button start = Dialogs.accept(dialog);
        start.getStyleClass().add("danger");
        start.disableProperty().bind(may.not());
        start.addEventFilter(
                ActionEvent.ACTION,
                event -> {
                    event.consume();
                    start.disableProperty().unbind();
                    start.setDisable(true);
                    accept.setDisable(true);
                    drain = Drain.start(cluster, plan, pulse, new Progressing(plan));
                });
        dialog.setOnHidden(event -> {
            if (drain != null) {
                drain.close();
            }
        });
        dialog.show();
    }

    private static String summary(DrainPlan plan) {
        StringBuilder text = new StringBuilder();
        for (Fate fate : Fate.values()) {
            // What waits for a budget loses the content of its volumes all the same.
            long count = fate == Fate.LOSES_DATA ? plan.losing() : plan.count(fate);
            if (count > 0) {
                text.append(text.isEmpty() ? "" : " ")
                        .append(
                                Texts.text(
                                        "drain.summary." + fate.name().toLowerCase(Locale.ROOT),
                                        count));
            }
        }
        return text.isEmpty() ? Texts.text("drain.summary.none") : text.toString();
    }

    private final class Progressing implements Drain.Listener {

        private final DrainPlan plan;
        private int gone;

        Progressing(DrainPlan plan) {
            this.plan = plan;
        }

        @Override
        public void step(Entry pod, Drain.Step step, String detail) {
            progress.put(pod.uid(), new DrainCell.Progress(step, detail));
            if (step == Drain.Step.GONE) {
                gone++;
            }
            summary.setText(
                    Texts.text(
                            "drain.progress",
                            gone,
                            plan.entries().stream().filter(Entry::goes).count()));
            pods.refresh();
        }

        @Override
        public void ended(String reason) {
            long going = plan.entries().stream().filter(Entry::goes).count();
            if (!reason.isEmpty()) {
                summary.setText(Texts.text("action.failed", plan.node(), reason));
            } else if (gone == going) {
                summary.setText(Texts.text("drain.done", plan.node()));
                notice.done(Texts.text("drain.done", plan.node()));
            } else {
                summary.setText(Texts.text("drain.partly", gone, going));
            }
        }
    }
}
