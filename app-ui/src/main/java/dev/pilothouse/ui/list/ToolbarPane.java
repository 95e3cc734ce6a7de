package dev.pilothouse.ui.list;

import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/**
 * Lays out a toolbar in one line or, where that has no room, in two: nothing is ever cut off. What
 * acts stays at the right of the first line; what limits the list goes below. JavaFX thread only.
 */
final class ToolbarPane extends Region {

    private static final double GAP = 8;
    private static final double WIDE_GAP = 20;
    private static final double LINE_GAP = 8;

    private final Region title;
    private final Region chooser;
    private final Region filter;
    private final Region create;
    private final Region more;

    /** In the order from left to right; the filter takes what room is left, up to its maximum. */
    ToolbarPane(Region title, Region chooser, Region filter, Region create, Region more) {
        this.title = title;
        this.chooser = chooser;
        this.filter = filter;
        this.create = create;
        this.more = more;
        getChildren().setAll(title, chooser, filter, create, more);
        getStyleClass().add("toolbar");
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private double acting() {
        // Where nothing may be changed, nothing is created.
        return (create.isManaged() ? pref(create) + GAP : 0) + pref(more);
    }

    private boolean isOneLine(double inner) {
        return title.prefWidth(-1) + WIDE_GAP + pref(chooser) + GAP + pref(filter) + GAP + acting()
                <= inner;
    }

    private static double pref(Region node) {
        return snapped(node.prefWidth(-1));
    }

    private static double snapped(double width) {
        return Math.ceil(width);
    }

    private double line() {
        double most = 0;
        for (Region each : new Region[] {title, chooser, filter, create, more}) {
            most = Math.max(most, each.prefHeight(-1));
        }
        return Math.ceil(most);
    }

    @Override
    protected double computePrefHeight(double width) {
        Insets in = getInsets();
        double inner = (width < 0 ? getWidth() : width) - in.getLeft() - in.getRight();
        double lines = isOneLine(inner) ? line() : 2 * line() + LINE_GAP;
        return in.getTop() + lines + in.getBottom();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        Insets in = getInsets();
        return in.getLeft()
                + title.prefWidth(-1)
                + WIDE_GAP
                + pref(chooser)
                + 2 * GAP
                + pref(filter)
                + acting()
                + in.getRight();
    }

    @Override
    protected double computeMinWidth(double height) {
        return 0;
    }

    @Override
    protected void layoutChildren() {
        Insets in = getInsets();
        double left = in.getLeft();
        double right = getWidth() - in.getRight();
        double line = line();
        double top = in.getTop();
        place(more, right - pref(more), top, pref(more), line);
        double createAt = right - acting();
        place(create, createAt, top, pref(create), line);
        if (isOneLine(right - left)) {
            double titleWidth = snapped(title.prefWidth(-1));
            place(title, left, top, titleWidth, line);
            double at = left + titleWidth + WIDE_GAP;
            place(chooser, at, top, pref(chooser), line);
            at += pref(chooser) + GAP;
            place(filter, at, top, Math.min(filter.maxWidth(-1), createAt - GAP - at), line);
        } else {
            place(title, left, top, Math.max(0, createAt - GAP - left), line);
            double below = top + line + LINE_GAP;
            double all = right - left;
            double choosing =
                    Math.max(chooser.minWidth(-1), Math.min(pref(chooser), Math.rint(all * 0.45)));
            place(chooser, left, below, choosing, line);
            double at = left + choosing + GAP;
            place(filter, at, below, Math.max(0, right - at), line);
        }
    }

    private static void place(Node node, double x, double y, double width, double line) {
        double height = Math.min(line, node.prefHeight(width));
        node.resizeRelocate(
                Math.rint(x), Math.rint(y + (line - height) / 2), Math.rint(width), height);
    }
}
