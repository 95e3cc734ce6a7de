package dev.pilothouse.ui.workbench;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes down how the groups of a frame lie, and lays them out so again. JavaFX thread only. */
final class Layout {

    private Layout() {}

    /** A window: where it is, and what is in it. */
    static ObjectNode save(Frame frame) {
        ObjectNode window = Json.object();
        if (frame.window() instanceof Stage stage) {
            window.put("x", stage.getX()).put("y", stage.getY());
            window.put("width", stage.getWidth()).put("height", stage.getHeight());
        }
        window.set("content", save(frame.view().getChildren().getFirst(), frame));
        return window;
    }

    /**
     * Fills a frame as its window was.
     *
     * @return false when there is nothing to fill it with
     */
    static boolean restore(Frame frame, ObjectNode window, Function<Place, Page> page) {
        List<Group> groups = new ArrayList<>();
        Node content = restore(window.path("content"), frame, groups, page);
        if (content != null) {
            frame.layOut(content, groups);
        }
        return content != null;
    }

    /** The places of the tabs of what was written down, split or not. */
    static Stream<Place> places(JsonNode content) {
        return Stream.concat(
                Json.objects(content, "tabs").stream().map(Place::fromJson),
                Json.objects(content, "items").stream().flatMap(Layout::places));
    }

    /** Puts a window where it was, when that is still on a screen. */
    static void place(Frame frame, ObjectNode window) {
        double x = window.path("x").asDouble(0);
        double y = window.path("y").asDouble(0);
        double width = window.path("width").asDouble(0);
        double height = window.path("height").asDouble(0);
        if (frame.window() instanceof Stage stage
                && width > 100
                && height > 100
                && !Screen.getScreensForRectangle(x, y, width, height).isEmpty()) {
            stage.setX(x);
            stage.setY(y);
            stage.setWidth(width);
            stage.setHeight(height);
        }
    }

    /** A group with its tabs, or a split with what is in it. */
    private static ObjectNode save(Node node, Frame frame) {
        ObjectNode json = Json.object();
        if (node instanceof SplitPane split) {
            json.put("split", split.getOrientation() == Orientation.VERTICAL ? "down" : "right");
            ArrayNode dividers = json.putArray("dividers");
            for (double position : split.getDividerPositions()) {
                dividers.add(position);
            }
            ArrayNode items = json.putArray("items");
            split.getItems().forEach(item -> items.add(save(item, frame)));
            return json;
        }
        ArrayNode tabs = json.putArray("tabs");
        frame.groups().stream()
                .filter(group -> group.view().equals(node))
                .findFirst()
                .ifPresent(group -> {
                    group.pages().forEach(page -> tabs.add(page.place().toJson()));
                    Page selected = group.selected();
                    json.put("selected", selected == null ? 0 : group.pages().indexOf(selected));
                });
        return json;
    }

    /**
     * Lays out what was written down; groups without pages are left out.
     *
     * @param groups takes the groups that are made
     * @param page makes the page of a place
     * @return null when nothing is left
     */
    private static @Nullable Node restore(
            JsonNode json, Frame frame, List<Group> groups, Function<Place, Page> page) {
        if (Json.text(json, "split").isEmpty()) {
            return group(json, frame, groups, page);
        }
        List<Node> items = new ArrayList<>();
        for (ObjectNode item : Json.objects(json, "items")) {
            Node node = restore(item, frame, groups, page);
            if (node != null) {
                items.add(node);
            }
        }
        if (items.size() < 2) {
            return items.isEmpty() ? null : items.getFirst();
        }
        SplitPane split = new SplitPane();
        split.setOrientation(
                Json.text(json, "split").equals("down")
                        ? Orientation.VERTICAL
                        : Orientation.HORIZONTAL);
        split.getItems().setAll(items);
        JsonNode dividers = json.path("dividers");
        if (dividers.size() == items.size() - 1) {
            double[] positions = new double[dividers.size()];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = dividers.path(i).asDouble(0.5);
            }
            split.setDividerPositions(positions);
        }
        return split;
    }

    private static @Nullable Node group(
            JsonNode json, Frame frame, List<Group> groups, Function<Place, Page> page) {
        List<ObjectNode> tabs = Json.objects(json, "tabs");
        if (tabs.isEmpty()) {
            return null;
        }
        Group group = frame.newGroup();
        int selected = (int) Json.number(json, 0, "selected");
        for (int i = 0; i < tabs.size(); i++) {
            group.add(page.apply(Place.fromJson(tabs.get(i))), i == selected);
        }
        groups.add(group);
        return group.view();
    }
}
