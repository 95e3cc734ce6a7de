package dev.pilothouse.ui.map;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.map.MapItem.Health;
import dev.pilothouse.ui.map.MapLayout.Box;
import dev.pilothouse.ui.map.MapLayout.Edge;
import dev.pilothouse.ui.map.MapLayout.Level;
import dev.pilothouse.ui.map.MapLayout.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;

/**
 * Draws a plan. From afar namespaces with their counts, nearer workloads, then pods, then the names
 * of pods; every object is drawn at every distance, as a dot at least. JavaFX thread only.
 */
final class MapCanvas {

    private static final double NEAREST = 12;
    private static final double STEP = 1.25;

    private final Canvas canvas = new Canvas();
    private final Region colours = new Region();
    private final Label hover = new Label();
    private final Pane root = new Pane(colours, canvas, hover);
    private final Consumer<Box> open;
    private Plan plan = new Plan(List.of(), List.of(), 0, 0);
    private double scale = 1;
    private double left;
    private double top;
    private double dragX;
    private double dragY;
    private boolean dragged;
    private boolean fitted;
    private int selected = -1;
    private final List<Box> order = new ArrayList<>();

    MapCanvas(Consumer<Box> open) {
        this.open = open;
        root.setId("map");
        root.getStyleClass().add("map");
        root.setFocusTraversable(true);
        root.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        // Its label carries the colours of the theme.
        colours.getStyleClass().add("map-colours");
        hover.getStyleClass().add("hover");
        hover.setVisible(false);
        hover.setMouseTransparent(true);
        canvas.widthProperty().bind(root.widthProperty());
        canvas.heightProperty().bind(root.heightProperty());
        canvas.widthProperty().subscribe(() -> fitOnce());
        canvas.heightProperty().subscribe(() -> fitOnce());
        root.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        root.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        root.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::draggedTo);
        root.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        root.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        root.addEventHandler(MouseEvent.MOUSE_EXITED, event -> hover.setVisible(false));
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        root.focusedProperty().subscribe(() -> draw());
        // The theme may change while the map is shown.
        colours.backgroundProperty().subscribe(() -> draw());
    }

    Region view() {
        return root;
    }

    double scale() {
        return scale;
    }

    void show(Plan now) {
        plan = now;
        order.clear();
        for (Box namespace : now.namespaces()) {
            order.addAll(namespace.children());
        }
        int pods = now.namespaces().stream().mapToInt(Box::count).sum();
        root.setAccessibleText(
                Texts.text("map.accessible", now.namespaces().size(), order.size(), pods));
        if (!fitted) {
            fitOnce();
        } else {
            draw();
        }
    }

    private void fitOnce() {
        if (!fitted && plan.width() > 0 && canvas.getWidth() > 0 && canvas.getHeight() > 0) {
            fitted = true;
            fit();
        } else {
            draw();
        }
    }

    /** Shows all of it. */
    void fit() {
        if (plan.width() > 0 && canvas.getWidth() > 0) {
            scale =
                    Math.min(
                            1.6,
                            Math.min(
                                    (canvas.getWidth() - 32) / plan.width(),
                                    (canvas.getHeight() - 32) / plan.height()));
            left = (canvas.getWidth() - plan.width() * scale) / 2;
            top = Math.max(16, (canvas.getHeight() - plan.height() * scale) / 2);
        }
        draw();
    }

    void zoom(double factor) {
        zoom(factor, canvas.getWidth() / 2, canvas.getHeight() / 2);
    }

    private void zoom(double factor, double x, double y) {
        double next = Math.clamp(scale * factor, 0.01, NEAREST);
        left = x - (x - left) * next / scale;
        top = y - (y - top) * next / scale;
        scale = next;
        draw();
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() != 0) {
            zoom(event.getDeltaY() > 0 ? STEP : 1 / STEP, event.getX(), event.getY());
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        dragX = event.getX() - left;
        dragY = event.getY() - top;
        dragged = false;
        root.requestFocus();
    }

    private void draggedTo(MouseEvent event) {
        dragged = true;
        left = event.getX() - dragX;
        top = event.getY() - dragY;
        draw();
    }

    private void clicked(MouseEvent event) {
        Box box = dragged ? null : at(event.getX(), event.getY());
        if (box != null && box.item() != null && event.getClickCount() == 2) {
            open.accept(box);
        } else if (box != null) {
            selected = order.indexOf(box);
            draw();
        }
    }

    private void moved(MouseEvent event) {
        Box box = at(event.getX(), event.getY());
        hover.setVisible(box != null);
        if (box != null) {
            hover.setText(describe(box));
            hover.autosize();
            hover.relocate(
                    Math.min(event.getX() + 14, root.getWidth() - hover.getWidth() - 4),
                    event.getY() + 14);
        }
    }

    private static String describe(Box box) {
        MapItem item = box.item();
        return item == null
                ? Texts.text("map.namespace", box.label(), box.count())
                : box.level() == Level.WORKLOAD
                        ? Texts.text(
                                "map.workload", item.ref().kind().kind(), box.label(), box.count())
                        : item.ref().kind().kind() + " " + box.label();
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case PLUS, EQUALS, ADD, W -> zoom(STEP);
            case MINUS, SUBTRACT, S -> zoom(1 / STEP);
            case DIGIT0, HOME -> fit();
            case RIGHT, DOWN -> select(1);
            case LEFT, UP -> select(-1);
            case ENTER -> {
                if (selected >= 0 && selected < order.size()) {
                    open.accept(order.get(selected));
                }
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    /** Goes on to the next workload and brings it into sight. */
    private void select(int steps) {
        if (order.isEmpty()) {
            return;
        }
        selected = Math.floorMod(selected + steps, order.size());
        Box box = order.get(selected);
        root.setAccessibleText(describe(box));
        double x = left + (box.x() + box.width() / 2) * scale;
        double y = top + (box.y() + box.height() / 2) * scale;
        if (x < 0 || y < 0 || x > canvas.getWidth() || y > canvas.getHeight()) {
            left += canvas.getWidth() / 2 - x;
            top += canvas.getHeight() / 2 - y;
        }
        draw();
    }

    /** The innermost box that is drawn at a place. */
    @Nullable Box at(double x, double y) {
        double px = (x - left) / scale;
        double py = (y - top) / scale;
        Box found = null;
        List<Box> boxes = plan.namespaces();
        while (true) {
            Box inner = null;
            for (Box box : boxes) {
                inner = box.contains(px, py) ? box : inner;
            }
            if (inner == null) {
                return found;
            }
            found = inner;
            boxes = inner.children();
        }
    }

    void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        g.setTextBaseline(VPos.TOP);
        MapColours theme = MapColours.of(colours);
        for (Box namespace : plan.namespaces()) {
            if (isSeen(namespace)) {
                drawNamespace(g, namespace, theme);
            }
        }
        g.setStroke(theme.line());
        g.setLineWidth(1);
        for (Edge edge : plan.edges()) {
            if (scale > 0.35 && (isSeen(edge.from()) || isSeen(edge.to()))) {
                drawEdge(g, edge);
            }
        }
    }

    private boolean isSeen(Box box) {
        double x = left + box.x() * scale;
        double y = top + box.y() * scale;
        return x < canvas.getWidth()
                && y < canvas.getHeight()
                && x + box.width() * scale > 0
                && y + box.height() * scale > 0;
    }

    private void drawNamespace(GraphicsContext g, Box box, MapColours theme) {
        fill(g, box, theme.ground(), theme.border(), 6);
        double size = Math.clamp(11 * scale, 10, 15);
        text(g, box, Texts.text("map.namespace", box.label(), box.count()), theme.text(), size);
        for (Box child : box.children()) {
            if (isSeen(child)) {
                drawChild(g, child, theme);
            }
        }
    }

    private void drawChild(GraphicsContext g, Box box, MapColours theme) {
        boolean small = box.height() * scale < 18;
        if (box.level() == Level.SERVICE) {
            fill(g, box, theme.service(), theme.border(), 8);
        } else if (small) {
            fill(g, box, theme.of(box.health()), theme.of(box.health()), 1);
        } else {
            fill(g, box, theme.box(), border(box, theme), 4);
        }
        if (root.isFocused()
                && selected >= 0
                && selected < order.size()
                && order.get(selected).equals(box)) {
            g.setStroke(theme.focus());
            g.setLineWidth(2);
            g.strokeRect(
                    left + box.x() * scale,
                    top + box.y() * scale,
                    box.width() * scale,
                    box.height() * scale);
        }
        if (!small) {
            text(g, box, box.label(), theme.text(), Math.clamp(9 * scale, 9, 13));
            for (Box pod : box.children()) {
                if (isSeen(pod)) {
                    fill(g, pod, theme.of(pod.health()), null, 2);
                    if (pod.width() * scale > 70) {
                        text(g, pod, pod.label(), theme.onPod(), 10);
                    }
                }
            }
        }
    }

    private static Color border(Box box, MapColours theme) {
        return box.health() == Health.GOOD ? theme.border() : theme.of(box.health());
    }

    private void fill(
            GraphicsContext g, Box box, Color inside, @Nullable Color border, double round) {
        double x = left + box.x() * scale;
        double y = top + box.y() * scale;
        double width = Math.max(1, box.width() * scale);
        double height = Math.max(1, box.height() * scale);
        g.setFill(inside);
        g.fillRoundRect(x, y, width, height, round, round);
        if (border != null) {
            g.setStroke(border);
            g.setLineWidth(1);
            g.strokeRoundRect(x, y, width, height, round, round);
        }
    }

    private void text(GraphicsContext g, Box box, String text, Color colour, double size) {
        double room = box.width() * scale - 8;
        if (room < 24 || box.height() * scale < size) {
            return;
        }
        int letters = (int) (room / (size * 0.58));
        g.setFont(Font.font(size));
        g.setFill(colour);
        g.fillText(
                text.length() <= letters
                        ? text
                        : text.substring(0, Math.max(1, letters - 1)) + "\u2026",
                left + box.x() * scale + 5,
                top + box.y() * scale + 3,
                // Of wide letters fewer fit than were counted.
                room);
    }

    private void drawEdge(GraphicsContext g, Edge edge) {
        double x1 = left + (edge.from().x() + edge.from().width() / 2) * scale;
        double y1 = top + (edge.from().y() + edge.from().height()) * scale;
        double x2 = left + (edge.to().x() + edge.to().width() / 2) * scale;
        double y2 = top + edge.to().y() * scale;
        double bend = Math.max(12, Math.abs(y2 - y1) / 2);
        g.beginPath();
        g.moveTo(x1, y1);
        g.bezierCurveTo(x1, y1 + bend, x2, y2 - bend, x2, y2);
        g.stroke();
    }
}
