package dev.pilothouse.ui.theme;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.testing.Toolkit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Contrast of every pair of colours that the sheets put together, in both themes: WCAG 2.2 AA, 4.5
 * to 1 for texts (1.4.3) and 3 to 1 for what is drawn (1.4.11).
 */
class ContrastTest {

    private static final double TEXT = 4.5;
    private static final double DRAWN = 3;

    /** What pages, bars and what floats over them are painted with. */
    private static final List<String> GROUNDS =
            List.of("-color-bg-default", "-color-bg-subtle", "-color-bg-overlay");

    /** Rows are painted with them when they are selected, groups or new. */
    private static final List<String> ROWS =
            List.of(
                    "-color-bg-default",
                    "-color-cell-bg-selected",
                    "-color-cell-bg-selected-focused",
                    "-color-accent-subtle");

    private static final Pattern ROW = Pattern.compile("\\.(table|list)-(row-)?cell");
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^}]*)}");
    private static final Pattern VALUE = Pattern.compile("(-[a-z-]+)\\s*:\\s*([^;]+);");
    private static final Pattern NAME = Pattern.compile("-color-[a-z0-9-]+");

    private final List<String> problems = new ArrayList<>();

    /** A rule of a sheet of ours. */
    private record Rule(String selector, Map<String, String> values) {
        String value(String property) {
            return values.getOrDefault(property, "");
        }

        /** The colour on top, empty without one. */
        String top(String property) {
            String found = "";
            Matcher names = NAME.matcher(value(property));
            while (names.find()) {
                found = names.group();
            }
            return found;
        }

        List<String> below() {
            return selector.contains(".navigator")
                    ? List.of("-color-bg-subtle", "-color-accent-subtle", "-color-neutral-subtle")
                    : ROW.matcher(selector).find() ? ROWS : GROUNDS;
        }

        /** Colours for something else, or what is not to stand out from what it lies on. */
        boolean isNoPair() {
            return selector.contains("map-colours")
                    || selector.contains("selection")
                    || selector.contains("drop-mark");
        }
    }

    @BeforeAll
    static void start() throws InterruptedException {
        Toolkit.start();
    }

    @AfterAll
    static void light() throws Exception {
        fx(() -> {
            Theme.LIGHT.apply();
            return null;
        });
    }

    @Test
    void textsCanBeReadOnWhatTheyAreWrittenOn() throws Exception {
        List<Rule> rules = rules();
        assertTrue(rules.size() > 150, () -> rules.size() + " rules");
        for (Theme theme : Theme.values()) {
            Map<String, Color> colours = colours(theme, names(rules));
            for (Rule rule : rules) {
                check(theme, colours, rule);
            }
        }
        assertEquals(List.of(), problems);
    }

    /** Which the theme's own controls write with, and labels that have no rule. */
    @Test
    void theThemesOwnTextsCanBeRead() throws Exception {
        Map<String, List<String>> pairs = new TreeMap<>();
        pairs.put(
                "-color-fg-default",
                List.of(
                        "-color-bg-default",
                        "-color-bg-subtle",
                        "-color-bg-overlay",
                        "-color-cell-bg-selected",
                        "-color-cell-bg-selected-focused",
                        "-color-accent-subtle",
                        "-color-success-subtle",
                        "-color-warning-subtle",
                        "-color-danger-subtle",
                        "-color-neutral-subtle",
                        "-color-neutral-muted"));
        pairs.put("-color-fg-muted", GROUNDS);
        // What a field says while it is empty.
        pairs.put("-color-fg-subtle", GROUNDS);
        pairs.put("-color-accent-fg", GROUNDS);
        pairs.put(
                "-color-fg-emphasis", List.of("-color-accent-emphasis", "-color-danger-emphasis"));
        var names = new TreeSet<>(pairs.keySet());
        pairs.values().forEach(names::addAll);
        for (Theme theme : Theme.values()) {
            Map<String, Color> colours = colours(theme, names);
            pairs.forEach((text, grounds) ->
                    grounds.forEach(ground -> {
                        Color below = colours.get("-color-bg-default");
                        Color on = over(colours.get(ground), below);
                        require(
                                theme,
                                "theme",
                                text + " on " + ground,
                                colours.get(text),
                                on,
                                TEXT);
                    }));
        }
        assertEquals(List.of(), problems);
    }

    private void check(Theme theme, Map<String, Color> colours, Rule rule) {
        String text = rule.top("-fx-text-fill");
        String fill = rule.top("-fx-fill");
        String ground = rule.top("-fx-background-color");
        String opacity = rule.value("-fx-opacity");
        double shown = opacity.isEmpty() ? 1 : Double.parseDouble(opacity);
        if (rule.isNoPair()) {
            return;
        }
        for (String below : rule.below()) {
            Color page = over(colours.get(below), colours.get("-color-bg-default"));
            Color on = ground.isEmpty() ? page : over(faded(colours.get(ground), shown), page);
            String where = (ground.isEmpty() ? "" : ground + " over ") + below;
            if (!text.isEmpty()) {
                Color seen = over(faded(colours.get(text), shown), on);
                require(theme, rule.selector, text + " on " + where, seen, on, TEXT);
            }
            if (!fill.isEmpty()) {
                double least = rule.selector.contains("text") ? TEXT : DRAWN;
                require(theme, rule.selector, fill + " on " + where, colours.get(fill), on, least);
            }
            // What is told apart by nothing but its colour.
            if (ground.endsWith("-emphasis")) {
                require(theme, rule.selector, where, on, page, DRAWN);
            }
        }
        boolean tint = ground.endsWith("-subtle") || ground.endsWith("-muted");
        if (text.isEmpty() && tint && !ground.startsWith("-color-fg")) {
            Color page = colours.get("-color-bg-default");
            Color on = over(colours.get(ground), page);
            String pair = "-color-fg-default on " + ground;
            require(theme, rule.selector, pair, colours.get("-color-fg-default"), on, TEXT);
        }
    }

    private void require(
            Theme theme, String where, String pair, Color one, Color other, double least) {
        double found = Contrast.of(one, other);
        if (found < least) {
            problems.add(
                    String.format(
                            Locale.ROOT,
                            "%s %s: %s has %.2f, needs %.1f",
                            theme,
                            where.strip(),
                            pair,
                            found,
                            least));
        }
    }

    private static Color faded(Color colour, double opacity) {
        return colour.deriveColor(0, 1, 1, opacity);
    }

    private static Color over(Color top, Color below) {
        double a = top.getOpacity();
        return Color.color(
                top.getRed() * a + below.getRed() * (1 - a),
                top.getGreen() * a + below.getGreen() * (1 - a),
                top.getBlue() * a + below.getBlue() * (1 - a));
    }

    private static TreeSet<String> names(List<Rule> rules) {
        var names = new TreeSet<>(GROUNDS);
        names.addAll(ROWS);
        names.addAll(List.of("-color-fg-default", "-color-accent-subtle", "-color-neutral-subtle"));
        for (Rule rule : rules) {
            rule.values
                    .values()
                    .forEach(value -> {
                        Matcher found = NAME.matcher(value);
                        while (found.find()) {
                            names.add(found.group());
                        }
                    });
        }
        return names;
    }

    /** Colours as a scene of ours has them. */
    private static Map<String, Color> colours(Theme theme, TreeSet<String> names) throws Exception {
        return fx(() -> {
            theme.apply();
            var row = new Pane();
            row.getStyleClass().add("table-view");
            Map<String, Label> labels = new TreeMap<>();
            for (String name : names) {
                var label = new Label();
                label.setStyle("-fx-text-fill: " + name + ";");
                labels.put(name, label);
                row.getChildren().add(label);
            }
            var scene = new Scene(row, 10, 10);
            Theme.decorate(scene);
            row.applyCss();
            Map<String, Color> colours = new TreeMap<>();
            labels.forEach((name, label) -> colours.put(name, (Color) label.getTextFill()));
            return colours;
        });
    }

    private static List<Rule> rules() throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (String sheet : Theme.SHEETS) {
            String path = "/dev/pilothouse/ui/theme/" + sheet + ".css";
            try (InputStream in = ContrastTest.class.getResourceAsStream(path)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                Matcher found = RULE.matcher(text.replaceAll("(?s)/\\*.*?\\*/", ""));
                while (found.find()) {
                    Map<String, String> values = new TreeMap<>();
                    Matcher each = VALUE.matcher(found.group(2));
                    while (each.find()) {
                        values.put(each.group(1), each.group(2));
                    }
                    rules.add(new Rule(found.group(1).strip(), values));
                }
            }
        }
        return rules;
    }
}
