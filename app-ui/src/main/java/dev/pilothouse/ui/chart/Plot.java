package dev.pilothouse.ui.chart;

/**
 * Where things are in a chart: room for numbers at the left, for the title above, for times below.
 *
 * @param canvasWidth in pixels, of the whole chart
 * @param canvasHeight in pixels, of the whole chart
 * @param link the span of time
 */
record Plot(double canvasWidth, double canvasHeight, ChartLink link) {

    static final double LEFT = 70;
    static final double RIGHT = 16;
    static final double TOP = 34;
    private static final double BOTTOM = 20;

    /** Whether anything can be drawn. */
    boolean hasRoom() {
        return height() >= 10 && canvasWidth >= LEFT + RIGHT + 10;
    }

    double width() {
        return Math.max(1, canvasWidth - LEFT - RIGHT);
    }

    double height() {
        return canvasHeight - TOP - BOTTOM;
    }

    /** The lower edge. */
    double ground() {
        return TOP + height();
    }

    /** Seconds since 1970 at a place. */
    long time(double x) {
        double share = Math.clamp((x - LEFT) / width(), 0, 1);
        return link.from() + Math.round((link.to() - link.from()) * share);
    }

    double x(long time) {
        return LEFT + width() * (time - link.from()) / Math.max(1, link.to() - link.from());
    }

    /**
     * The height of a value.
     *
     * @param top the value at the upper edge
     */
    double y(double value, double top) {
        return TOP + height() * (1 - value / top);
    }
}
