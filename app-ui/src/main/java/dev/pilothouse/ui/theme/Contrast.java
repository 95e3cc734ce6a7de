package dev.pilothouse.ui.theme;

import javafx.scene.paint.Color;

/** How well colours can be told apart. */
public final class Contrast {

    /** What a text needs: WCAG 2.2 AA, 1.4.3. */
    public static final double TEXT = 4.5;

    /** What a line or an area needs that means something: WCAG 2.2 AA, 1.4.11. */
    public static final double DRAWN = 3;

    private static final int STEPS = 40;

    private Contrast() {}

    /** The contrast of two opaque colours, from 1 to 21. Source: WCAG 2.2, contrast ratio. */
    public static double of(Color one, Color other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    /**
     * A colour of the same hue that stands out from a ground at least so much: darker on a light
     * ground, lighter on a dark one, as little as is needed.
     */
    public static Color against(Color colour, Color ground, double least) {
        Color edge = luminance(ground) > 0.18 ? Color.BLACK : Color.WHITE;
        Color found = colour;
        for (int step = 1; step <= STEPS && of(found, ground) < least; step++) {
            found = colour.interpolate(edge, (double) step / STEPS);
        }
        return found;
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
