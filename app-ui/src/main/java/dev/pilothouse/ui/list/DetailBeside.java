package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.SidePane;
import dev.pilothouse.ui.resource.ObjectTable;
import dev.pilothouse.ui.workbench.Context;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import org.jspecify.annotations.Nullable;

/** The detail that stands beside a list and follows its selection. JavaFX thread only. */
final class DetailBeside {

    /** What the list takes, where there is room enough for the detail. */
    private static final double LIST = 0.57;

    private static final double DETAIL = 390;
    private static final double NARROWEST = 300;

    private final ObjectTable table;
    private final SidePane pane;
    private final SplitPane split = new SplitPane();

    /**
     * Not open.
     *
     * @param closed the user has closed it
     */
    DetailBeside(Context context, ObjectTable table, Runnable closed) {
        this.table = table;
        pane =
                new SidePane(
                        context,
                        () -> {
                            close();
                            closed.run();
                        });
        pane.view().setMinWidth(NARROWEST);
        split.getStyleClass().add("content");
    }

    /** The list with the detail beside it. */
    SplitPane view(Node list) {
        split.getItems().setAll(list);
        return split;
    }

    /** Opens it on the selected object; the keyboard stays where it is. */
    void open() {
        if (table.selection() != null && !isOpen()) {
            split.getItems().add(pane.view());
            double width = Math.max(2 * DETAIL, split.getWidth());
            split.setDividerPositions(Math.min(LIST, 1 - DETAIL / width));
        }
        follow();
    }

    /** Shows the selected object, if it is open. */
    void follow() {
        ObjectRef selected = selected();
        if (selected != null && isOpen()) {
            pane.show(selected);
        }
    }

    private @Nullable ObjectRef selected() {
        ObjectTable.Selected selected = table.selection();
        return selected == null ? null : ListPage.ref(selected);
    }

    /** Follows nothing while nobody looks; stays open. */
    void hide() {
        pane.hide();
    }

    /** Closes it; false when it was not open. */
    boolean close() {
        pane.hide();
        return split.getItems().remove(pane.view());
    }

    void toggle() {
        if (!close()) {
            open();
        }
    }

    private boolean isOpen() {
        return split.getItems().contains(pane.view());
    }
}
