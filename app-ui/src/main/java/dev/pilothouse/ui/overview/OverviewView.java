package dev.pilothouse.ui.overview;

import dev.pilothouse.model.meta.HumanDuration;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.KeepFocus;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Draws the overview. JavaFX thread only. */
final class OverviewView {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final int MOST = 8;
    private static final double NEARLY_FULL = 0.9;

    private final Actions actions;
    private final VBox problems = new VBox(6);
    private final FlowPane counts = new FlowPane(20, 6);
    private final VBox capacity = new VBox(6);
    private final VBox rollouts = new VBox(6);
    private final RateStrip strip = new RateStrip();
    private final VBox events = new VBox(6);
    private final VBox consumers = new VBox(4);
    private final VBox root = new VBox(20);

    /** What clicks do. */
    interface Actions {
        void list(Kind kind, String filter);

        void list(String kindName, String filter);

        void open(ObjectRef object);

        void openPod(String namespace, String name);

        /** Opens why, or with ask only says whether that can be asked. */
        boolean why(ObjectRef object, boolean ask);
    }

    OverviewView(Actions actions, Region requests) {
        this.actions = actions;
        problems.setId("overview-problems");
        root.getStyleClass().add("sections");
        root.getChildren()
                .addAll(
                        problems,
                        counts,
                        section("capacity", capacity),
                        section("rollouts", rollouts),
                        section("events", events),
                        section("consumers", consumers),
                        section("requests", requests));
        problems.getChildren().setAll(hint(Texts.text("overview.loading")));
        capacity.getChildren().setAll(hint(Texts.text("overview.measuring")));
    }

    private static VBox section(String id, Region content) {
        Label title = new Label(Texts.text("overview." + id));
        title.getStyleClass().add("section-title");
        return new VBox(6, title, content);
    }

    private static Label hint(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add("hint");
        return label;
    }

    Region view() {
        return root;
    }

    void show(OverviewModel.Snapshot snapshot) {
        KeepFocus.during(root, () -> draw(snapshot));
    }

    private void draw(OverviewModel.Snapshot snapshot) {
        showProblems(snapshot);
        List<Node> numbers = new ArrayList<>();
        snapshot.counts()
                .forEach((kind, count) -> {
                    if (count > 0 && !kind.equals("Event")) {
                        numbers.add(
                                link(
                                        Texts.text("overview.count", kind, count),
                                        () -> actions.list(kind, "")));
                    }
                });
        counts.getChildren().setAll(numbers);
        showRollouts(snapshot.rollouts());
        showEvents(snapshot);
    }

    private Hyperlink link(String text, Runnable action) {
        Hyperlink link = new Hyperlink(text);
        link.getStyleClass().add("object-link");
        link.setOnAction(event -> action.run());
        return link;
    }

    private void showProblems(OverviewModel.Snapshot snapshot) {
        List<Problems.Group> groups = snapshot.problems();
        if (groups.isEmpty() && snapshot.connection() instanceof Connection.Connecting) {
            return;
        }
        List<Node> lines = new ArrayList<>();
        if (snapshot.connection() instanceof Connection.Lost lost) {
            Label unseen = hint(Texts.text("overview.unseen", lost.reason()));
            unseen.getStyleClass().add("overview-problem");
            unseen.setMaxWidth(Double.MAX_VALUE);
            lines.add(unseen);
            if (groups.isEmpty()) {
                problems.getChildren().setAll(lines);
                return;
            }
        }
        int bad = 0;
        for (Problems.Group group : groups) {
            bad += group.count();
        }
        Label title =
                new Label(
                        groups.isEmpty()
                                ? Texts.text("overview.well")
                                : Texts.text("overview.problems", bad));
        title.setId("overview-title");
        title.getStyleClass().add("section-title");
        title.pseudoClassStateChanged(GOOD, groups.isEmpty());
        lines.add(title);
        for (Problems.Group group : groups) {
            lines.add(problem(group));
        }
        problems.getChildren().setAll(lines);
    }

    private Node problem(Problems.Group group) {
        String id = group.kind().kind() + "-" + group.cause().replaceAll("[^A-Za-z]", "");
        Hyperlink cause =
                link(
                        Texts.text(
                                "overview.group",
                                group.count(),
                                group.kind().kind(),
                                group.cause()),
                        () -> actions.list(group.kind(), filter(group)));
        cause.setId("problem-" + id);
        cause.setMinWidth(Region.USE_PREF_SIZE);
        cause.pseudoClassStateChanged(group.bad() ? BAD : WAITING, true);
        FlowPane samples = new FlowPane(10, 2);
        for (ObjectRef object : group.samples()) {
            Hyperlink sample = link(object.name(), () -> actions.open(object));
            sample.setTooltip(new Tooltip(object.namespace() + " / " + object.name()));
            samples.getChildren().add(sample);
        }
        int more = group.count() - group.samples().size();
        if (more > 0) {
            samples.getChildren().add(hint(Texts.text("detail.more", more)));
        }
        samples.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(samples, Priority.ALWAYS);
        HBox line = new HBox(14, cause, samples);
        ObjectRef first = group.samples().getFirst();
        if (actions.why(first, true)) {
            Button why = new Button(Texts.text("verb.why"));
            why.setId("why-" + id);
            why.getStyleClass().add("small");
            why.setMinWidth(Region.USE_PREF_SIZE);
            why.setAccessibleText(Texts.text("why.title", first.name()));
            why.setOnAction(event -> actions.why(first, false));
            line.getChildren().add(why);
        }
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("overview-problem");
        line.pseudoClassStateChanged(group.bad() ? BAD : WAITING, true);
        return line;
    }

    /** Words of our own are not in the list's cells. */
    private static String filter(Problems.Group group) {
        return group.cause().equals(Texts.text("overview.notReady")) ? "" : group.cause();
    }

    private void showRollouts(List<OverviewModel.Rollout> all) {
        List<Node> lines = new ArrayList<>();
        for (OverviewModel.Rollout rollout : all.subList(0, Math.min(MOST, all.size()))) {
            String[] parts = rollout.ready().split("/");
            double share =
                    parts.length == 2 && !parts[1].equals("0")
                            ? number(parts[0]) / number(parts[1])
                            : 0;
            lines.add(
                    bar(
                            link(rollout.object().name(), () -> actions.open(rollout.object())),
                            share,
                            Texts.text("overview.ready", rollout.ready()),
                            WAITING));
        }
        if (all.size() > MOST) {
            lines.add(hint(Texts.text("detail.more", all.size() - MOST)));
        }
        if (all.isEmpty()) {
            lines.add(hint(Texts.text("overview.noRollouts")));
        }
        rollouts.getChildren().setAll(lines);
    }

    private static double number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static Node bar(Node name, double share, String text, PseudoClass tone) {
        GridPane pane = new GridPane(14, 0);
        ColumnConstraints first = new ColumnConstraints(180);
        ColumnConstraints middle = new ColumnConstraints();
        middle.setHgrow(Priority.ALWAYS);
        ColumnConstraints last = new ColumnConstraints(170);
        pane.getColumnConstraints().addAll(first, middle, last);
        ProgressBar progress = new ProgressBar(Math.clamp(share, 0, 1));
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setPrefHeight(8);
        progress.setAccessibleText(text);
        progress.pseudoClassStateChanged(tone, true);
        pane.addRow(0, name, progress, new Label(text));
        return pane;
    }

    private void showEvents(OverviewModel.Snapshot snapshot) {
        int[] rates = snapshot.rates();
        int sum = Arrays.stream(rates).sum();
        strip.show(rates, new int[rates.length]);
        List<Node> lines = new ArrayList<>();
        strip.setAccessibleText(Texts.text("overview.rate", sum, rates[rates.length - 1]));
        lines.add(strip);
        lines.add(hint(Texts.text("overview.rate", sum, rates[rates.length - 1])));
        for (OverviewModel.Warning warning : snapshot.warnings()) {
            Hyperlink reason =
                    link(warning.reason(), () -> actions.list("Event", warning.reason()));
            reason.pseudoClassStateChanged(WAITING, true);
            reason.setMinWidth(130);
            reason.setPrefWidth(130);
            Label age = hint(HumanDuration.since(warning.at().toString(), Instant.now()));
            age.setWrapText(false);
            age.setMinWidth(58);
            age.setPrefWidth(58);
            Label object = new Label(warning.object());
            object.setMinWidth(150);
            object.setPrefWidth(150);
            Label message = hint(warning.message());
            message.setWrapText(false);
            message.setMinWidth(0);
            message.setTooltip(new Tooltip(warning.message()));
            HBox line = new HBox(12, age, reason, object, message);
            line.setAlignment(Pos.CENTER_LEFT);
            lines.add(line);
        }
        events.getChildren().setAll(lines);
    }

    void show(Usage usage) {
        KeepFocus.during(root, () -> draw(usage));
    }

    private void draw(Usage usage) {
        capacity.getChildren()
                .setAll(
                        usage("cpu", usage.cpu(), usage.cpuOf(), 1),
                        usage("memory", usage.memory(), usage.memoryOf(), 1 << 30));
        List<Node> lines = new ArrayList<>();
        if (usage.pods().isEmpty()) {
            lines.add(hint(Texts.text("overview.noConsumers")));
        } else {
            lines.add(
                    consumer(
                            hint(Texts.text("overview.pod")),
                            Texts.text("overview.cpu"),
                            Texts.text("overview.memory")));
        }
        for (Usage.Consumer pod : usage.pods()) {
            lines.add(
                    consumer(
                            link(pod.name(), () -> actions.openPod(pod.namespace(), pod.name())),
                            String.format(Locale.getDefault(), "%.3f", pod.cpu()),
                            String.format(
                                    Locale.getDefault(), "%.0f Mi", pod.memory() / (1 << 20))));
        }
        consumers.getChildren().setAll(lines);
    }

    private static Node consumer(Labeled name, String cpu, String memory) {
        name.setPrefWidth(320);
        HBox line = new HBox(12, name);
        for (String figure : new String[] {cpu, memory}) {
            Label label = hint(figure);
            label.setAlignment(Pos.CENTER_RIGHT);
            label.setMinWidth(90);
            label.setPrefWidth(90);
            line.getChildren().add(label);
        }
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static Node usage(String resource, double used, double of, double unit) {
        double share = of == 0 ? 0 : used / of;
        return bar(
                new Label(Texts.text("overview." + resource)),
                share,
                String.format(
                        Locale.getDefault(),
                        "%.1f / %.1f%s",
                        used / unit,
                        of / unit,
                        unit == 1 ? "" : " Gi"),
                share > NEARLY_FULL ? BAD : GOOD);
    }

    void noUsage(String reason) {
        capacity.getChildren().setAll(hint(Texts.text("overview.noMetrics", reason)));
        consumers.getChildren().clear();
    }
}
