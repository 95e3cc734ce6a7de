import java.util.Locale;

/** Prints a line for each figure: what is wanted, what was measured. */
final class Report {

    private Report() {}

    static void atMost(String what, double goal, double value) {
        line(what, "<=", goal, value, value <= goal);
    }

    static void atLeast(String what, double goal, double value) {
        line(what, ">=", goal, value, value >= goal);
    }

    private static void line(String what, String sign, double goal, double value, boolean met) {
        System.out.printf(
                Locale.ROOT,
                "%-60s goal %s %,12.3f   measured %,12.3f   %s%n",
                what,
                sign,
                goal,
                value,
                met ? "met" : "MISSED");
    }

    /** A figure without a goal. */
    static void note(String what, double value) {
        System.out.printf(Locale.ROOT, "%-60s %32s measured %,12.3f%n", what, "", value);
    }
}
