package dev.pilothouse.ui.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * What charts of one page have in common: the span of time, and where the mouse is. JavaFX thread.
 */
public final class ChartLink {

    private final List<Runnable> listeners = new ArrayList<>();
    private long from;
    private long to;
    private long zoomFrom;
    private long zoomTo;
    private long cursor = -1;
    private List<Mark> marks = List.of();

    /**
     * Something that happened.
     *
     * @param time seconds since 1970
     * @param text what, in a sentence
     * @param warning whether it was bad
     */
    public record Mark(long time, String text, boolean warning) {}

    /** Of the last hour. */
    public ChartLink() {
        to = System.currentTimeMillis() / 1000;
        from = to - 3600;
    }

    /** Adds a listener to all changes. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** The span that is read. */
    public void span(long begin, long end) {
        from = begin;
        to = end;
        changed();
    }

    /** Shows only a part; an empty one shows all again. */
    public void zoom(long begin, long end) {
        zoomFrom = begin;
        zoomTo = end;
        changed();
    }

    /** Whether a part is shown. */
    public boolean isZoomed() {
        return zoomTo > zoomFrom;
    }

    /** The first second that is shown. */
    public long from() {
        return isZoomed() ? zoomFrom : from;
    }

    /** The last second that is shown. */
    public long to() {
        return isZoomed() ? zoomTo : to;
    }

    /** Puts the cursor at a time; -1 takes it away. */
    public void cursor(long time) {
        if (time != cursor) {
            cursor = time;
            changed();
        }
    }

    /** Where the cursor is, -1 when there is none. */
    public long cursor() {
        return cursor;
    }

    /** What happened, in the order of time. */
    public void marks(List<Mark> happened) {
        marks = List.copyOf(happened);
        changed();
    }

    /** What happened. */
    public List<Mark> marks() {
        return marks;
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
