package dev.pilothouse.ui.chart;

import java.util.Locale;

/** What values are measured in. */
public enum Unit {
    /** Thousandths of a core. */
    MILLICORES,
    /** Bytes. */
    BYTES;

    /** A value for people: {@code 250m}, {@code 1.5}, {@code 64 MiB}. */
    public String format(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (this == MILLICORES) {
            return value < 1000
                    ? (value < 10 && value > 0 && value != Math.rint(value)
                                    ? number(value)
                                    : String.valueOf(Math.round(value)))
                            + (value == 0 ? "" : "m")
                    : number(value / 1000);
        }
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        double rest = value;
        while (rest >= 1024 && unit < units.length - 1) {
            rest /= 1024;
            unit++;
        }
        return value == 0 ? "0" : number(rest) + " " + units[unit];
    }

    private static String number(double value) {
        String text = String.format(Locale.getDefault(), value < 10 ? "%.2f" : "%.1f", value);
        char point = String.format(Locale.getDefault(), "%.1f", 0.5).charAt(1);
        while (text.indexOf(point) >= 0
                && (text.endsWith("0") || text.indexOf(point) == text.length() - 1)) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }
}
