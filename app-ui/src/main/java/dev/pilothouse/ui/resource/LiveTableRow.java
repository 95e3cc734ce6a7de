package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.i18n.Texts;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Skin;
import javafx.scene.control.TableRow;
import javafx.scene.control.skin.TableRowSkin;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: an object, tinted for a moment when it is new, or the heading of a group,
 * which goes across all columns.
 */
final class LiveTableRow extends TableRow<LiveRow> {

    /** How long, in nanoseconds. */
    static final long FLASH = 700_000_000L;

    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final PseudoClass GROUP = PseudoClass.getPseudoClass("group");
    private static final PseudoClass FOLDED = PseudoClass.getPseudoClass("folded");

    private final Label heading = new Label();
    private final Predicate<LiveRow> folded;
    private boolean isHeading;

    /**
     * A line.
     *
     * @param folded whether the group of a heading is folded
     * @param turn folds or unfolds the group of a heading
     */
    LiveTableRow(Predicate<LiveRow> folded, Consumer<LiveRow> turn) {
        this.folded = folded;
        Region arrow = new Region();
        arrow.getStyleClass().addAll("icon", "icon-down");
        heading.setGraphic(arrow);
        heading.getStyleClass().add("group-heading");
        heading.setManaged(false);
        heading.setMouseTransparent(true);
        setOnMouseClicked(event -> {
            if (isHeading && event.getButton() == MouseButton.PRIMARY) {
                turn.accept(getItem());
            }
        });
    }

    @Override
    protected void updateItem(@Nullable LiveRow item, boolean empty) {
        super.updateItem(item, empty);
        sync(System.nanoTime());
    }

    /** Takes or drops the tint, and says what a heading says now. */
    void sync(long now) {
        LiveRow live = isEmpty() ? null : getItem();
        pseudoClassStateChanged(
                CHANGED, live != null && live.isNew() && now - live.changedAt() < FLASH);
        boolean wasHeading = isHeading;
        isHeading = live != null && live.isHeading();
        if (live != null && isHeading) {
            boolean closed = folded.test(live);
            String name = live.row().name();
            heading.setText(
                    Texts.text(
                            "group.heading",
                            name.isEmpty() ? Texts.text("group.none") : name,
                            live.count()));
            setAccessibleText(
                    Texts.text(closed ? "group.folded" : "group.open", heading.getText()));
            pseudoClassStateChanged(FOLDED, closed);
        }
        if (wasHeading != isHeading) {
            pseudoClassStateChanged(GROUP, isHeading);
            if (!isHeading) {
                setAccessibleText(null);
            }
            requestLayout();
        }
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new LineSkin(this);
    }

    private static final class LineSkin extends TableRowSkin<LiveRow> {

        private final LiveTableRow line;

        LineSkin(LiveTableRow line) {
            super(line);
            this.line = line;
        }

        @Override
        protected void layoutChildren(double x, double y, double width, double height) {
            super.layoutChildren(x, y, width, height);
            Label heading = line.heading;
            heading.setVisible(line.isHeading);
            if (line.isHeading) {
                // The cells are set anew whenever columns change.
                if (!getChildren().contains(heading)) {
                    getChildren().add(heading);
                }
                heading.toFront();
                heading.resizeRelocate(x, y, Math.min(width, heading.prefWidth(-1)), height);
            }
        }
    }
}
