package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Section.Bar;
import dev.pilothouse.ui.detail.Section.Bars;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import dev.pilothouse.ui.detail.Section.Packing;
import dev.pilothouse.ui.detail.Section.Timeline;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.i18n.Visible;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Draws sections. JavaFX thread only. */
final class SectionView {

    private static final String COVER = "\u2022".repeat(8);
    private static final int MOST_LINES = 200;
    private static final int LONG_NAME = 80;
    private static final int SHORT = 36;
    private static final int SHORT_FACT = 18;
    private static final double INDENT = 18;

    /** Wide enough for most names, so that values of all sections stand below each other. */
    private static final double NAMES = 128;

    /** A column of long texts is not squeezed further. */
    private static final double NARROWEST = 130;

    private final Consumer<ObjectRef> open;

    /**
     * Draws sections.
     *
     * @param open is told which object the user wants to see
     */
    SectionView(Consumer<ObjectRef> open) {
        this.open = open;
    }

    Region view(Section section) {
        Label title = new Label(section.title());
        title.getStyleClass().add("section-title");
        Node content =
                switch (section.content()) {
                    case Facts facts -> facts(facts);
                    case Grid grid -> grid(grid);
                    case Bars bars -> bars(bars);
                    case Packing packing -> PackingView.of(packing, open);
                    case Timeline timeline -> new TimelineView(timeline);
                };
        VBox box = new VBox(6, title, content);
        box.getStyleClass().add("section");
        return box;
    }

    private Node facts(Facts facts) {
        GridPane grid = new GridPane(16, 5);
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(NAMES);
        names.setMaxWidth(220);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setMinWidth(40);
        grid.getColumnConstraints().addAll(names, values);
        int row = 0;
        for (Fact fact : facts.facts()) {
            Label name = new Label(Visible.line(fact.name()));
            name.getStyleClass().add("fact-name");
            if (fact.name().length() > LONG_NAME) {
                name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
                name.setTooltip(new Tooltip(fact.name()));
            } else {
                name.setWrapText(true);
            }
            Node value =
                    fact.secret()
                            ? secret(fact)
                            : value(fact.value(), fact.tone(), fact.link(), SHORT_FACT);
            // Buttons are taller than text: what is read together stands on one line.
            VPos place = fact.secret() ? VPos.BASELINE : VPos.TOP;
            GridPane.setValignment(name, place);
            GridPane.setValignment(value, place);
            grid.addRow(row++, name, value);
        }
        return grid;
    }

    private Node value(String text, Tone tone, @Nullable ObjectRef link, int whole) {
        if (link != null && !text.isEmpty()) {
            Hyperlink hyperlink = new Hyperlink(text);
            hyperlink.setWrapText(true);
            hyperlink.setMinWidth(0);
            hyperlink.getStyleClass().add("object-link");
            tone(hyperlink, tone);
            hyperlink.setAccessibleText(text);
            hyperlink.setOnAction(event -> open.accept(link));
            return hyperlink;
        }
        if (LongText.isLong(text)) {
            Label first = new Label();
            first.getStyleClass().add("fact-value");
            tone(first, tone);
            LongText all = new LongText(first);
            all.show(text);
            return all;
        }
        Label label = new Label(Visible.text(text));
        boolean isLong = text.length() > whole;
        label.setWrapText(isLong);
        if (!isLong) {
            // Short words are not broken in the middle.
            label.setMinWidth(Region.USE_PREF_SIZE);
        }
        label.getStyleClass().add("fact-value");
        tone(label, tone);
        return label;
    }

    /** Covered until the button is pressed; copied without being shown. */
    private Node secret(Fact fact) {
        Label label = new Label();
        label.getStyleClass().add("fact-value");
        LongText text = new LongText(label);
        text.show(COVER);
        Button reveal = small("reveal-" + fact.name(), Texts.text("detail.reveal"));
        reveal.setOnAction(event -> {
            boolean covered = label.getText().equals(COVER);
            text.show(covered ? fact.value() : COVER);
            reveal.setText(Texts.text(covered ? "detail.cover" : "detail.reveal"));
        });
        reveal.setAccessibleText(Texts.text("detail.revealNamed", fact.name()));
        Button copy = small("copy-" + fact.name(), Texts.text("detail.copy"));
        copy.setAccessibleText(Texts.text("detail.copyNamed", fact.name()));
        copy.setOnAction(event -> Clip.text(fact.value()));
        HBox box = new HBox(8, text, reveal, copy);
        box.setAlignment(Pos.BASELINE_LEFT);
        return box;
    }

    private static Button small(String id, String text) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.getStyleClass().addAll("small", "flat");
        return button;
    }

    private Node grid(Grid grid) {
        if (grid.lines().isEmpty()) {
            Label empty = new Label(grid.empty());
            empty.getStyleClass().add("hint");
            return empty;
        }
        GridPane pane = new GridPane(18, 4);
        for (int i = 0; i < grid.columns().size(); i++) {
            Label heading = new Label(grid.columns().get(i));
            heading.getStyleClass().add("hint");
            heading.setMinWidth(Region.USE_PREF_SIZE);
            pane.add(heading, i, 0);
            ColumnConstraints column = new ColumnConstraints();
            boolean last = i == grid.columns().size() - 1;
            column.setHgrow(last ? Priority.ALWAYS : Priority.NEVER);
            column.setMinWidth(last ? 60 : isLong(grid, i) ? NARROWEST : Region.USE_COMPUTED_SIZE);
            column.setMaxWidth(last ? Double.MAX_VALUE : 420);
            pane.getColumnConstraints().add(column);
        }
        int row = 1;
        for (Line line : grid.lines().subList(0, Math.min(MOST_LINES, grid.lines().size()))) {
            for (int i = 0; i < line.cells().size(); i++) {
                String text = line.cells().get(i);
                boolean toned = i == statusColumn(grid.columns());
                boolean linked = line.link() != null && names(text, line.link());
                Node cell =
                        value(
                                text,
                                toned ? line.tone() : Tone.PLAIN,
                                linked ? line.link() : null,
                                SHORT);
                if (i == 0 && line.depth() > 0) {
                    GridPane.setMargin(cell, new Insets(0, 0, 0, INDENT * line.depth()));
                }
                GridPane.setValignment(cell, VPos.TOP);
                pane.add(cell, i, row);
            }
            row++;
        }
        if (grid.lines().size() > MOST_LINES) {
            Label more = new Label(Texts.text("detail.more", grid.lines().size() - MOST_LINES));
            more.getStyleClass().add("hint");
            return new VBox(4, pane, more);
        }
        return pane;
    }

    private static boolean isLong(Grid grid, int column) {
        return grid.lines().stream()
                .anyMatch(line ->
                        line.cells().size() > column && line.cells().get(column).length() > SHORT);
    }

    /** Whether a cell is about an object: its name, or its kind and name, with what follows. */
    private static boolean names(String text, ObjectRef object) {
        String kind = object.kind().kind() + " " + object.name();
        return text.equals(object.name()) || text.equals(kind) || text.startsWith(kind + " /");
    }

    /** The column that has the colour: status, state or reason, else the first. */
    private static int statusColumn(List<String> columns) {
        for (String name :
                List.of("detail.status", "detail.state", "detail.reason", "detail.value")) {
            int at = columns.indexOf(Texts.text(name));
            if (at >= 0) {
                return at;
            }
        }
        return columns.size() - 1;
    }

    private static Node bars(Bars bars) {
        GridPane pane = new GridPane(16, 6);
        ColumnConstraints middle = new ColumnConstraints();
        middle.setHgrow(Priority.ALWAYS);
        ColumnConstraints first = new ColumnConstraints();
        first.setMinWidth(NAMES);
        pane.getColumnConstraints().addAll(first, middle);
        int row = 0;
        for (Bar bar : bars.bars()) {
            Label name = new Label(bar.name());
            name.getStyleClass().add("fact-name");
            ProgressBar progress = new ProgressBar(Math.clamp(bar.share(), 0, 1));
            progress.setMaxWidth(Double.MAX_VALUE);
            progress.setPrefHeight(8);
            progress.setAccessibleText(bar.name() + " " + bar.text());
            tone(progress, bar.tone());
            Label text = new Label(bar.text());
            text.setMinWidth(Region.USE_PREF_SIZE);
            pane.addRow(row++, name, progress, text);
        }
        return pane;
    }

    private static void tone(Node node, Tone tone) {
        if (tone != Tone.PLAIN) {
            node.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(tone.name().toLowerCase(Locale.ROOT)), true);
        }
    }
}
