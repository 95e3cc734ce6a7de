package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.PairChanges;
import dev.pilothouse.ui.action.Pairs;
import dev.pilothouse.ui.action.Target;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks which labels or annotations one object shall have, or which several objects shall get and
 * lose. JavaFX thread only.
 */
final class PairsDialog {

    private static final double WIDTH = 640;
    private static final double ROW = 40;
    private static final double LOWEST = 220;
    private static final double HIGHEST = 400;

    private final Pairs pairs;
    private final String header;
    private final Map<String, String> before;
    private final boolean many;
    private final PairRows set;
    private final PairRows unset;
    private Runnable check = () -> {};

    private PairsDialog(Pairs pairs, String header, Map<String, String> before, boolean many) {
        this.pairs = pairs;
        this.header = header;
        this.before = before;
        this.many = many;
        set = new PairRows(pairs, true, before, () -> check.run());
        unset = new PairRows(pairs, false, Map.of(), () -> check.run());
    }

    /** About one object, as it is now. */
    static PairsDialog one(Pairs pairs, Target target, ObjectNode live) {
        String header =
                Texts.text(
                        "pairs." + pairs.field() + ".header", target.kind().kind(), target.name());
        return new PairsDialog(pairs, header, pairs.of(live), false);
    }

    /** About several objects of a kind. */
    static PairsDialog many(Pairs pairs, List<Target> targets) {
        String header =
                Texts.text(
                        "pairs." + pairs.field() + ".headerMany",
                        targets.getFirst().kind().kind(),
                        targets.size());
        return new PairsDialog(pairs, header, Map.of(), true);
    }

    /** Asks; returns at once. */
    void ask(@Nullable Window owner, Consumer<PairChanges> chosen) {
        ScrollPane content = content();
        Dialog<ButtonType> dialog =
                Dialogs.of(
                        "pairs-dialog",
                        header,
                        new VBox(content),
                        Texts.text("pairs." + pairs.field() + ".yes"),
                        owner);
        dialog.setResizable(true);
        dialog.getDialogPane().setPrefWidth(WIDTH);
        Button accept = Dialogs.accept(dialog);
        check =
                () -> {
                    boolean right = set.check(Set.of());
                    right &= unset.check(set.pairs().keySet());
                    accept.setDisable(!right || changes().isEmpty());
                    reveal(content);
                };
        check.run();
        dialog.resultProperty()
                .subscribe(answer -> {
                    if (Dialogs.isYes(answer)) {
                        chosen.accept(changes());
                    }
                });
        dialog.setOnShown(event -> {
            set.focus();
            reveal(content);
        });
        dialog.show();
    }

    private PairChanges changes() {
        return many
                ? new PairChanges(set.pairs(), unset.pairs().keySet())
                : PairChanges.between(before, set.pairs());
    }

    /** Lets the row that has the keyboard be seen, and what is said below it. */
    private static void reveal(ScrollPane scroll) {
        Node row = scroll.getScene() == null ? null : scroll.getScene().getFocusOwner();
        while (row != null && !row.getStyleClass().contains("pair-row")) {
            row = row.getParent();
        }
        if (row == null) {
            return;
        }
        scroll.applyCss();
        scroll.layout();
        Node content = scroll.getContent();
        double port = scroll.getViewportBounds().getHeight();
        double beyond = content.getLayoutBounds().getHeight() - port;
        if (beyond <= 0) {
            return;
        }
        Bounds bounds = content.sceneToLocal(row.localToScene(row.getLayoutBounds()));
        double top = scroll.getVvalue() * beyond;
        if (bounds.getMaxY() > top + port) {
            scroll.setVvalue(Math.min(1, (bounds.getMaxY() - port) / beyond));
        } else if (bounds.getMinY() < top) {
            scroll.setVvalue(bounds.getMinY() / beyond);
        }
    }

    private ScrollPane content() {
        VBox content =
                many
                        ? new VBox(
                                8, hint("pairs.set"), set.view(), hint("pairs.unset"), unset.view())
                        : new VBox(8, hint("pairs.both"), set.view());
        content.getStyleClass().add("pairs");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("pairs-scroll");
        scroll.setMinHeight(LOWEST);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        scroll.setPrefViewportHeight(
                Math.clamp((set.size() + 3) * ROW + (many ? 2 * ROW : 0), LOWEST, HIGHEST));
        return scroll;
    }

    private static Label hint(String key) {
        Label hint = new Label(Texts.text(key));
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        hint.getStyleClass().add("hint");
        return hint;
    }
}
