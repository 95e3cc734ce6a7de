package dev.pilothouse.ui.resource;

import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import javafx.scene.control.Skin;
import javafx.scene.control.skin.TableCellSkin;
import org.jspecify.annotations.Nullable;

/**
 * A cell whose text goes on with the time. The text is in a label that is not managed: when it
 * changes only the label is laid out and drawn anew, whereas a cell that changes its own text has
 * the whole table laid out.
 */
final class AgeCell extends LiveCell {

    private final Label text = new Label();
    private final AgeClock clock;

    AgeCell(LiveColumn column, AgeClock clock) {
        super(column);
        this.clock = clock;
        text.setManaged(false);
        text.setMouseTransparent(true);
        text.alignmentProperty().bind(alignmentProperty());
        text.textFillProperty().bind(textFillProperty());
        text.fontProperty().bind(fontProperty());
        clock.add(this);
    }

    @Override
    void say(String now) {
        if (!now.equals(text.getText())) {
            text.setText(now);
        }
    }

    @Override
    void sync() {
        super.sync();
        clock.expect(this);
    }

    /** The row whose age is seen, null when none is. */
    @Nullable LiveRow seen() {
        boolean shown =
                !isEmpty()
                        && getParent() instanceof LiveTableRow line
                        && line.isVisible()
                        && line.getScene() != null;
        LiveRow row = shown ? getItem() : null;
        return row == null || row.isHeading() ? null : row;
    }

    /** The text that is seen, for tests. */
    String text() {
        return text.getText();
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT
                ? text.getText()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    @Override
    protected Skin<?> createDefaultSkin() {
        return new AgeSkin(this);
    }

    private static final class AgeSkin extends TableCellSkin<LiveRow, LiveRow> {

        private final Label text;

        AgeSkin(AgeCell cell) {
            super(cell);
            text = cell.text;
            getChildren().add(text);
        }

        @Override
        protected void layoutChildren(double x, double y, double width, double height) {
            super.layoutChildren(x, y, width, height);
            // The cell's own text and graphic, which it has none of, are set anew now and then.
            if (!getChildren().contains(text)) {
                getChildren().add(text);
            }
            text.resize(width, height);
            positionInArea(text, x, y, width, height, 0, HPos.LEFT, VPos.CENTER);
        }
    }
}
