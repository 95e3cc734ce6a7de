package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.detail.Section.Packing;
import dev.pilothouse.ui.detail.Section.Packing.Piece;
import dev.pilothouse.ui.detail.Section.Packing.Strip;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * How a node is packed: for each resource a strip as long as what can be had, in which each pod has
 * a piece as long as its requests, and below it what it uses. JavaFX thread only.
 */
final class PackingView {

    private static final PseudoClass ODD = PseudoClass.getPseudoClass("odd");
    private static final PseudoClass OVER = PseudoClass.getPseudoClass("over");
    private static final double WANTED = 22;
    private static final double USED = 8;
    private static final double GAP = 3;

    private PackingView() {}

    static Region of(Packing packing, Consumer<ObjectRef> open) {
        VBox box = new VBox(10);
        for (Strip strip : packing.strips()) {
            Label title = new Label(strip.name() + "  " + strip.text());
            title.setWrapText(true);
            title.getStyleClass().add("fact-name");
            Picture picture = new Picture(strip, open);
            picture.setAccessibleText(strip.name() + " " + strip.text());
            box.getChildren().add(new VBox(4, title, picture));
        }
        Label legend = new Label(Texts.text("detail.packed.legend"));
        legend.setWrapText(true);
        legend.getStyleClass().add("hint");
        box.getChildren().add(legend);
        return box;
    }

    private static final class Picture extends Region {

        private final List<Piece> pieces;
        private final List<Region> wanted = new ArrayList<>();
        private final List<Region> used = new ArrayList<>();
        private final Region all = new Region();

        Picture(Strip strip, Consumer<ObjectRef> open) {
            pieces = strip.pieces();
            setAccessibleRole(AccessibleRole.TEXT);
            all.getStyleClass().add("packing-all");
            getChildren().add(all);
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                Region box = box("packing-wanted", piece, i, open);
                wanted.add(box);
                Region usage = box("packing-used", piece, i, open);
                usage.pseudoClassStateChanged(
                        OVER, piece.wanted() > 0 && piece.used() > piece.wanted());
                used.add(usage);
            }
            getChildren().addAll(wanted);
            getChildren().addAll(used);
        }

        private static Region box(String style, Piece piece, int i, Consumer<ObjectRef> open) {
            Region box = new Region();
            box.getStyleClass().add(style);
            box.pseudoClassStateChanged(ODD, i % 2 == 1);
            Tooltip.install(box, new Tooltip(piece.text()));
            ObjectRef link = piece.link();
            if (link != null) {
                box.setOnMouseClicked(event -> open.accept(link));
            }
            return box;
        }

        @Override
        protected double computePrefHeight(double width) {
            return WANTED + GAP + USED;
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
            return 120;
        }

        @Override
        protected void layoutChildren() {
            // Where more is requested or used than there is, all of it has to fit.
            double whole = Math.max(1, Math.max(sum(true), sum(false)));
            double scale = getWidth() / whole;
            all.resizeRelocate(0, 0, scale, WANTED);
            double left = 0;
            double leftUsed = 0;
            for (int i = 0; i < pieces.size(); i++) {
                double width = pieces.get(i).wanted() * scale;
                wanted.get(i).resizeRelocate(left, 0, width, WANTED);
                left += width;
                double uses = pieces.get(i).used() * scale;
                used.get(i).resizeRelocate(leftUsed, WANTED + GAP, uses, USED);
                leftUsed += uses;
            }
        }

        private double sum(boolean requests) {
            return pieces.stream()
                    .mapToDouble(piece -> requests ? piece.wanted() : piece.used())
                    .sum();
        }
    }
}
