package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Drain;
import dev.pilothouse.ui.action.DrainPlan.Entry;
import dev.pilothouse.ui.action.DrainPlan.Fate;
import dev.pilothouse.ui.i18n.Texts;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A pod in the list of a drain: its name, and below what becomes of it. JavaFX thread only. */
final class DrainCell extends ListCell<Entry> {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

    private final Map<String, Progress> progress;
    private final Label name = new Label();
    private final Label fate = new Label();
    private final Label more = new Label();
    private final VBox lines = new VBox(2, name, fate, more);

    /** How far a pod has come, and what the server said. */
    record Progress(Drain.Step step, String detail) {}

    DrainCell(Map<String, Progress> progress) {
        this.progress = progress;
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.getStyleClass().add("drain-name");
        fate.getStyleClass().add("fate");
        fate.setWrapText(true);
        more.setWrapText(true);
        more.getStyleClass().add("fate");
        more.managedProperty().bind(more.textProperty().isNotEmpty());
        // As wide as the list, so that long sentences wrap rather than scroll.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Entry pod, boolean empty) {
        super.updateItem(pod, empty);
        if (pod == null || empty) {
            setGraphic(null);
            return;
        }
        Progress now = progress.get(pod.uid());
        name.setText(pod.namespace() + " / " + pod.name());
        fate.setText(now == null ? expected(pod) : actual(now));
        state(
                now == null ? pod.fate() == Fate.LOST : now.step == Drain.Step.FAILED,
                now == null ? pod.fate() == Fate.WAITS : now.step == Drain.Step.HELD,
                now != null && now.step == Drain.Step.GONE);
        more.setText(now == null ? more(pod) : "");
        more.pseudoClassStateChanged(BAD, !pod.losing().isEmpty());
        more.pseudoClassStateChanged(WAITING, !pod.nowhere().isEmpty());
        setGraphic(lines);
    }

    private void state(boolean bad, boolean waiting, boolean good) {
        fate.pseudoClassStateChanged(BAD, bad);
        fate.pseudoClassStateChanged(WAITING, waiting);
        fate.pseudoClassStateChanged(GOOD, good);
    }

    private static String expected(Entry pod) {
        return Texts.text(
                "drain.fate." + pod.fate().name().toLowerCase(Locale.ROOT),
                pod.owner(),
                pod.budget());
    }

    /** What is lost, what it waits for besides, and where its successor would go. */
    private static String more(Entry pod) {
        StringJoiner text = new StringJoiner(" \u00b7 ");
        if (!pod.losing().isEmpty()) {
            text.add(Texts.text("drain.losing", String.join(", ", pod.losing())));
        }
        if (pod.fate() == Fate.LOST && !pod.budget().isEmpty()) {
            text.add(Texts.text("drain.held", pod.budget()));
        }
        if (!pod.to().isEmpty()) {
            text.add(Texts.text("drain.to", pod.to()));
        } else if (!pod.nowhere().isEmpty()) {
            text.add(Texts.text("drain.nowhere", pod.nowhere()));
        }
        return text.toString();
    }

    private static String actual(Progress now) {
        return Texts.text("drain.step." + now.step.name().toLowerCase(Locale.ROOT), now.detail);
    }
}
