package dev.pilothouse.ui.detail;

import dev.pilothouse.model.meta.HumanDuration;
import dev.pilothouse.ui.chart.Ticks;
import dev.pilothouse.ui.detail.Section.Timeline;
import dev.pilothouse.ui.detail.Section.Timeline.Lane;
import dev.pilothouse.ui.detail.Section.Timeline.Mark;
import dev.pilothouse.ui.detail.Section.Timeline.Span;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** Lanes of spans over one axis of time, with marks above. JavaFX thread only. */
final class TimelineView extends Region {

    private static final double NAMES = 130;
    private static final double LANE = 22;
    private static final double GAP = 6;
    private static final double MARKS = 20;
    private static final double AXIS = 18;
    private static final double TICK = 90;
    private static final double WORD = 52;
    private static final long DAY = 86_400;
    private static final ZoneId ZONE = ZoneId.systemDefault();
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("dd.MM. HH:mm");

    private final Timeline timeline;
    private final long from;
    private final long to;
    private final List<Placed> placed = new ArrayList<>();
    private final List<Label> ticks = new ArrayList<>();

    /** A node at a time of a lane; a lane of -1 is that of the marks. */
    private record Placed(Node node, int lane, long from, long to) {}

    TimelineView(Timeline timeline) {
        this.timeline = timeline;
        from = timeline.from().toEpochMilli();
        to = Math.max(from + 1000, timeline.to().toEpochMilli());
        getStyleClass().add("timeline");
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(story());
        Label events = name(Texts.text("detail.events"));
        add(events, -1, Long.MIN_VALUE, 0);
        for (Mark mark : timeline.marks()) {
            add(mark(mark), -1, mark.at().toEpochMilli(), mark.at().toEpochMilli());
        }
        int lane = 0;
        for (Lane each : timeline.lanes()) {
            add(name(each.name()), lane, Long.MIN_VALUE, 0);
            for (Span span : each.spans()) {
                add(span(each, span), lane, span.from().toEpochMilli(), span.to().toEpochMilli());
            }
            lane++;
        }
    }

    private void add(Node node, int lane, long begin, long end) {
        placed.add(new Placed(node, lane, begin, end));
        getChildren().add(node);
    }

    private static Label name(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("fact-name");
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setTooltip(new Tooltip(text));
        return label;
    }

    private static Node mark(Mark mark) {
        Region region = new Region();
        region.getStyleClass().add("timeline-mark");
        tone(region, mark.tone());
        Tooltip.install(region, new Tooltip(clock(mark.at()) + "\n" + mark.text()));
        return region;
    }

    private static Node span(Lane lane, Span span) {
        Label label = new Label(span.word());
        label.getStyleClass().add("timeline-span");
        label.pseudoClassStateChanged(PseudoClass.getPseudoClass("running"), span.running());
        tone(label, span.tone());
        label.setTooltip(new Tooltip(sentence(lane, span)));
        return label;
    }

    private static String sentence(Lane lane, Span span) {
        String length = HumanDuration.of(Duration.between(span.from(), span.to()));
        return lane.name()
                + ": "
                + span.word()
                + "\n"
                + Texts.text("timeline.span", clock(span.from()), clock(span.to()), length)
                + (span.detail().isEmpty() ? "" : "\n" + span.detail());
    }

    private static String clock(Instant at) {
        return SECONDS.format(at.atZone(ZONE));
    }

    /** What a screen reader tells. */
    private String story() {
        StringJoiner story = new StringJoiner(". ");
        for (Lane lane : timeline.lanes()) {
            lane.spans().forEach(span -> story.add(sentence(lane, span).replace("\n", ", ")));
        }
        return story.toString();
    }

    private static void tone(Node node, Tone tone) {
        if (tone != Tone.PLAIN) {
            node.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(tone.name().toLowerCase(Locale.ROOT)), true);
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return MARKS + timeline.lanes().size() * (LANE + GAP) + AXIS;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefWidth(double height) {
        return 560;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 200;
    }

    @Override
    protected void layoutChildren() {
        double room = Math.max(40, getWidth() - NAMES);
        for (Placed each : placed) {
            double top = each.lane < 0 ? 0 : MARKS + each.lane * (LANE + GAP);
            double height = each.lane < 0 ? MARKS - 2 : LANE;
            if (each.from == Long.MIN_VALUE) {
                each.node.resizeRelocate(0, top, NAMES - 8, height);
            } else if (each.lane < 0) {
                each.node.resizeRelocate(Math.min(x(each.from, room), getWidth() - 4), 3, 4, 10);
            } else {
                double left = x(each.from, room);
                double width = Math.max(2, x(each.to, room) - left - 1);
                if (each.node instanceof Label label) {
                    // No word is better than a letter of it.
                    label.setContentDisplay(
                            width < WORD ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
                }
                each.node.resizeRelocate(left, top, width, height);
            }
        }
        axis(room);
    }

    private double x(long time, double room) {
        return NAMES + Math.clamp((double) (time - from) / (to - from), 0, 1) * room;
    }

    private void axis(double room) {
        int about = Math.max(2, (int) (room / TICK));
        long offset = ZONE.getRules().getOffset(timeline.to()).getTotalSeconds();
        List<Long> times = Ticks.times(from / 1000, to / 1000, about, offset);
        // Spans of weeks would have more ticks than room.
        int every = Math.max(1, (int) Math.ceil(times.size() / (room / TICK)));
        DateTimeFormatter form = to - from > DAY * 1000 ? DAYS : SECONDS;
        double top = MARKS + timeline.lanes().size() * (LANE + GAP);
        int used = 0;
        // The beginning is always named; round times where there is room.
        times.removeIf(time -> x(time * 1000, room) < NAMES + TICK);
        times.addFirst(from / 1000);
        for (int i = 0; i < times.size(); i += every) {
            if (used == ticks.size()) {
                Label tick = new Label();
                tick.getStyleClass().add("hint");
                ticks.add(tick);
                getChildren().add(tick);
            }
            Label tick = ticks.get(used++);
            tick.setText(form.format(Instant.ofEpochSecond(times.get(i)).atZone(ZONE)));
            tick.setVisible(x(times.get(i) * 1000, room) + TICK - 20 < getWidth());
            tick.resizeRelocate(x(times.get(i) * 1000, room), top, TICK, AXIS);
        }
        for (int i = used; i < ticks.size(); i++) {
            ticks.get(i).setVisible(false);
        }
    }
}
