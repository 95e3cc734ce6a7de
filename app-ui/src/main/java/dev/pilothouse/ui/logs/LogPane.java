package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.feed.SourceState;
import dev.pilothouse.ui.logs.feed.SourceState.Phase;
import dev.pilothouse.ui.logs.store.LogView;
import dev.pilothouse.ui.workbench.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Tools, legend, histogram and lines of logs. JavaFX thread. */
final class LogPane {

    private static final int LONGEST_NAME = 28;

    private final LogModel model;
    private final LineText text = new LineText();
    private final LogCanvas lines;
    private final LogKeys keys;
    private final LogTools tools;
    private final Legend legend;
    private final HistogramStrip histogram;
    private final HighlightBar highlights;
    private final LogExport export;
    private final Label empty = new Label();
    private final Label count = new Label();
    private final Button back = new Button(Texts.text("logs.context.back"));
    private final Button context = new Button(Texts.text("logs.context"));
    private final Map<Integer, String> names = new HashMap<>();
    private final VBox root = new VBox();
    private @Nullable Filtered left;
    private int contextLine = -1;

    /** A filter that was left to see what stands around a line. */
    private record Filtered(
            dev.pilothouse.ui.logs.store.@Nullable TextPattern text,
            dev.pilothouse.ui.logs.store.Level least) {}

    LogPane(LogModel model, Executor pulse) {
        this.model = model;
        lines = new LogCanvas(model, text, this::moved);
        keys = new LogKeys(lines, model);
        legend = new Legend(model, lines.colours());
        histogram = new HistogramStrip(model, lines.colours(), lines::scrollTo);
        highlights = new HighlightBar(lines.colours(), lines::highlight);
        export = new LogExport(pulse);
        tools = new LogTools(model, text, lines, keys, new ToolActions());
        empty.getStyleClass().add("empty-text");
        empty.setId("logs-empty");
        empty.setWrapText(true);
        empty.setMaxWidth(460);
        empty.setMouseTransparent(true);
        count.setId("logs-count");
        count.getStyleClass().add("hint");
        context.setId("logs-context");
        context.setOnAction(_ -> showContext());
        back.setId("logs-back");
        back.setOnAction(_ -> leaveContext());
        for (Button button : List.of(context, back)) {
            button.getStyleClass().add("small");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.managedProperty().bind(button.visibleProperty());
        }
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var footer = new HBox(10, count, gap, context, back);
        footer.getStyleClass().add("logs-footer");
        footer.setAlignment(Pos.CENTER_LEFT);
        var middle = new StackPane(lines, empty);
        VBox.setVgrow(middle, Priority.ALWAYS);
        root.getChildren()
                .addAll(tools.view(), highlights, legend.view(), histogram, middle, export, footer);
        root.getStyleClass().add("logs-pane");
        model.onChange(this::show);
        show();
    }

    Parent view() {
        return root;
    }

    void focus() {
        lines.requestFocus();
    }

    List<Command> commands() {
        return List.of(
                new Command("logsFilter", "/", tools::focusFilter),
                new Command("logsSearch", "Shortcut+F", tools::focusSearch),
                new Command("logsFollow", "", () -> lines.follow(!lines.isFollowing())),
                new Command("logsHighlight", "Shortcut+H", highlights::open),
                new Command("logsBookmark", "Shortcut+B", this::bookmark),
                new Command("logsContext", "Shortcut+Enter", this::showContext));
    }

    private void bookmark() {
        if (lines.current() >= 0) {
            model.toggleBookmark(lines.current());
        }
    }

    /** Everything anew, once per pulse at most. */
    private void show() {
        List<SourceState> sources = model.sources();
        boolean onePod = sources.stream().map(SourceState::pod).distinct().count() <= 1;
        int widest = 0;
        for (SourceState source : sources) {
            String name = Legend.name(source, onePod);
            names.put(source.id(), name);
            widest = Math.max(widest, name.length());
        }
        lines.names(
                id -> names.getOrDefault(id, ""),
                sources.size() > 1 ? Math.min(widest, LONGEST_NAME) : 0);
        legend.show(sources);
        lines.redraw();
        moved();
        String nothing = model.total() > 0 && size() > 0 ? "" : nothing(sources);
        empty.setText(nothing);
        empty.setVisible(!nothing.isEmpty());
    }

    private int size() {
        LogView view = model.view();
        return view == null ? 0 : view.size();
    }

    /** Why there are no lines. */
    private String nothing(List<SourceState> sources) {
        if (!model.failure().isEmpty()) {
            return Texts.text("logs.noStore", model.failure());
        }
        if (model.total() > 0) {
            LogView view = model.view();
            boolean looked = view != null && view.tested() == model.total();
            return Texts.text(looked ? "logs.noMatch" : "logs.looking");
        }
        if (sources.isEmpty()) {
            return model.connection() instanceof Connection.Lost lost
                    ? lost.reason()
                    : Texts.text(model.isListed() ? "logs.noPods" : "logs.finding");
        }
        SourceState first =
                sources.stream()
                        .filter(source -> source.phase() == Phase.FAILED)
                        .findFirst()
                        .orElse(sources.getFirst());
        return sources.size() == 1
                ? Legend.state(first)
                : Texts.text("logs.none", sources.size(), Legend.state(first));
    }

    private void moved() {
        tools.update();
        histogram.draw(lines.window());
        LogView view = model.view();
        LogView hits = model.hits();
        int total = model.total();
        int gaps = model.sources().stream().mapToInt(SourceState::gaps).sum();
        boolean busy = view != null && view.tested() < total;
        String shown =
                model.isFiltered()
                        ? Texts.text("logs.someOf", size(), total)
                        : Texts.text("logs.count", total);
        StringBuilder said = new StringBuilder(shown);
        if (busy && view != null) {
            said.append(" · ").append(Texts.text("logs.scanned", 100L * view.tested() / total));
        }
        if (hits != null) {
            said.append(" · ").append(Texts.text("logs.hits", hits.size()));
        }
        if (model.bookmarks() > 0) {
            said.append(" · ").append(Texts.text("logs.bookmarks", model.bookmarks()));
        }
        if (gaps > 0) {
            said.append(" · ").append(Texts.text("logs.gaps", gaps));
        }
        count.setText(said.toString());
        context.setVisible(model.isFiltered() && lines.current() >= 0 && left == null);
        back.setVisible(left != null);
    }

    /** Shows what stands around the current line, without the filter. */
    private void showContext() {
        if (lines.current() >= 0 && model.isFiltered()) {
            contextLine = lines.current();
            left = new Filtered(model.filter(), model.least());
            model.filter(null, dev.pilothouse.ui.logs.store.Level.NONE);
            waitFor(contextLine);
        }
    }

    private void leaveContext() {
        Filtered filtered = left;
        if (filtered != null) {
            left = null;
            model.filter(filtered.text(), filtered.least());
            waitFor(contextLine);
        }
    }

    /** The view is built up in the background; the line is shown where it has its place by now. */
    private void waitFor(int id) {
        lines.hold(id);
        moved();
    }

    private final class ToolActions implements LogTools.Actions {
        @Override
        public void highlights() {
            highlights.open();
        }

        @Override
        public void export() {
            LogView view = model.view();
            if (view != null) {
                Map<Integer, String> heads = new HashMap<>();
                new ArrayList<>(model.sources())
                        .forEach(source ->
                                heads.put(source.id(), source.pod() + "/" + source.container()));
                export.ask(
                        root.getScene().getWindow(),
                        view,
                        model.target().title().replaceAll("[^A-Za-z0-9._-]+", "-"),
                        id -> heads.size() > 1 ? heads.getOrDefault(id, "") : "");
            }
        }

        @Override
        public void changed() {
            left = null;
            lines.redraw();
            moved();
        }
    }
}
