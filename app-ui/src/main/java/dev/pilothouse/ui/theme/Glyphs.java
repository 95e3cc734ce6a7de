package dev.pilothouse.ui.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.layout.Region;

/** The glyphs of kinds. */
public final class Glyphs {

    private static final URL SHEET =
            Objects.requireNonNull(
                    Glyphs.class.getResource("/dev/pilothouse/icons/glyphs.css"), "glyphs");

    private static final Set<String> DRAWN = drawn();

    private Glyphs() {}

    /**
     * The name of a kind's glyph, as a page's title takes it.
     *
     * @param group the API group, empty for core
     * @param kind the kind, such as {@code Pod}
     */
    public static String icon(String group, String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        boolean own = !group.contains(".") || group.endsWith(".k8s.io");
        return "kind-" + (own && DRAWN.contains(name) ? name : "custom");
    }

    /** A kind's glyph, 16 pixels wide and high; to be made on the JavaFX thread. */
    public static Region of(String group, String kind) {
        var glyph = new Region();
        glyph.getStyleClass().add("icon-" + icon(group, kind));
        return glyph;
    }

    /** Their sheet, in its binary form where the build has made one. */
    static String sheet() {
        URL binary = Glyphs.class.getResource("/dev/pilothouse/ui/theme/glyphs.bss");
        return (binary == null ? SHEET : binary).toExternalForm();
    }

    private static Set<String> drawn() {
        try (InputStream in = SHEET.openStream()) {
            String sheet = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("\\.icon-kind-(\\w+) \\{")
                    .matcher(sheet)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
