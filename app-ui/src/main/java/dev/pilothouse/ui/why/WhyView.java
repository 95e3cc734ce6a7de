package dev.pilothouse.ui.why;

import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Draws why. JavaFX thread only. */
final class WhyView {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

    private WhyView() {}

    /**
     * Draws an answer.
     *
     * @param apply does a fix; null where nothing may be changed
     */
    static List<Node> of(WhyModel.Answer answer, @Nullable Consumer<Decision.Fix> apply) {
        List<Node> nodes = new ArrayList<>();
        for (Diagnosis.Finding finding : answer.findings()) {
            nodes.add(finding(finding, answer));
        }
        Decision decision = answer.decision();
        boolean waits = decision != null && !decision.outcome().equals("Scheduled");
        if (decision != null && waits) {
            nodes.add(headline(decision));
            if (!decision.fixes().isEmpty()) {
                nodes.add(fixes(decision, apply));
            }
        } else if (answer.findings().isEmpty()) {
            Label well = new Label(Texts.text("why.well", answer.status()));
            well.setId("why-well");
            well.setWrapText(true);
            nodes.add(well);
        }
        if (decision != null && !decision.nodes().isEmpty() && !decision.checks().isEmpty()) {
            nodes.add(grid(decision));
        }
        return nodes;
    }

    private static Node finding(Diagnosis.Finding finding, WhyModel.Answer answer) {
        Label title = new Label(finding.title());
        title.getStyleClass().addAll("section-title", "why-cause");
        title.pseudoClassStateChanged(BAD, true);
        VBox box =
                new VBox(
                        6,
                        title,
                        wrapped(finding.sentence(), ""),
                        wrapped(finding.advice(), "hint"));
        box.getStyleClass().add("why-finding");
        String log = answer.logs().getOrDefault(finding.container(), "");
        if (!log.isBlank()) {
            Label heading =
                    new Label(
                            Texts.text(
                                    finding.previous() ? "why.previousLog" : "why.log",
                                    finding.container()));
            heading.getStyleClass().add("hint");
            TextArea lines = new TextArea(log.stripTrailing());
            lines.setEditable(false);
            lines.setPrefRowCount(Math.clamp(log.lines().count(), 2, 10));
            lines.setAccessibleText(heading.getText());
            lines.getStyleClass().add("yaml");
            box.getChildren().addAll(heading, lines);
        }
        return box;
    }

    private static Label wrapped(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        if (!style.isEmpty()) {
            label.getStyleClass().add(style);
        }
        return label;
    }

    private static Node headline(Decision decision) {
        Label title =
                new Label(Texts.text("why.outcome." + decision.outcome(), decision.nodeCount()));
        title.setId("why-outcome");
        title.setWrapText(true);
        title.getStyleClass().add("section-title");
        return new VBox(6, title, wrapped(decision.message(), "hint"));
    }

    private static Node fixes(Decision decision, @Nullable Consumer<Decision.Fix> apply) {
        VBox box = new VBox(6);
        Label title = new Label(Texts.text("why.fixes"));
        title.getStyleClass().add("section-title");
        box.getChildren().add(title);
        int number = 0;
        for (Decision.Fix fix : decision.fixes()) {
            Label text = wrapped(Texts.text("why.fix", fix.description(), fix.node()), "");
            text.setMinWidth(0);
            HBox.setHgrow(text, Priority.ALWAYS);
            text.setMaxWidth(Double.MAX_VALUE);
            HBox line = new HBox(10, text);
            line.setAlignment(Pos.CENTER_LEFT);
            line.getStyleClass().add("why-fix");
            if (fix.verified()) {
                Label verified = new Label(Texts.text("why.verified"));
                verified.setMinWidth(Region.USE_PREF_SIZE);
                verified.getStyleClass().add("fate");
                verified.pseudoClassStateChanged(GOOD, true);
                line.getChildren().add(verified);
            }
            if (apply != null && FixRequests.canDo(fix)) {
                Button button = new Button(Texts.text("why.apply"));
                button.setId("fix-" + number);
                button.setMinWidth(Region.USE_PREF_SIZE);
                button.getStyleClass().add("small");
                if (number == 0) {
                    button.getStyleClass().add("accent");
                }
                button.setAccessibleText(Texts.text("why.applyNamed", fix.description()));
                button.setOnAction(event -> apply.accept(fix));
                line.getChildren().add(button);
            }
            box.getChildren().add(line);
            number++;
        }
        return box;
    }

    /** Nodes by checks: what refused, and by how much. */
    private static Node grid(Decision decision) {
        GridPane pane = new GridPane();
        pane.setId("why-grid");
        pane.getStyleClass().add("why-grid");
        pane.add(cell(Texts.text("detail.node"), "hint"), 0, 0);
        for (int i = 0; i < decision.checks().size(); i++) {
            pane.add(cell(decision.checks().get(i), "hint"), i + 1, 0);
        }
        int row = 1;
        for (Decision.NodeVerdict node : decision.nodes()) {
            Label name = cell(node.node(), "why-node");
            pane.add(name, 0, row);
            for (int i = 0; i < node.refusals().size(); i++) {
                String refusal = node.refusals().get(i);
                Label cell = cell(refusal.isEmpty() ? "\u2713" : refusal, "why-cell");
                cell.pseudoClassStateChanged(BAD, !refusal.isEmpty());
                cell.pseudoClassStateChanged(GOOD, refusal.isEmpty());
                cell.setTooltip(
                        new Tooltip(
                                node.node()
                                        + " \u00b7 "
                                        + decision.checks().get(i)
                                        + (refusal.isEmpty() ? "" : "\n" + refusal)));
                pane.add(cell, i + 1, row);
            }
            row++;
        }
        Label title = new Label(Texts.text("why.grid"));
        title.getStyleClass().add("section-title");
        VBox box = new VBox(6, title, pane);
        if (decision.nodeCount() > decision.nodes().size()) {
            box.getChildren()
                    .add(
                            wrapped(
                                    Texts.text(
                                            "why.more",
                                            decision.nodeCount() - decision.nodes().size()),
                                    "hint"));
        }
        ScrollPane scroll = new ScrollPane(box);
        scroll.setFitToHeight(true);
        scroll.getStyleClass().addAll("edge-to-edge", "section-scroll");
        return scroll;
    }

    private static Label cell(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().addAll("why-label", style);
        label.setMaxWidth(Double.MAX_VALUE);
        label.setMaxHeight(Double.MAX_VALUE);
        return label;
    }
}
