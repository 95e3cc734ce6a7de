package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.i18n.Texts;
import java.util.Set;
import java.util.function.Function;

/** Says from the cells of the server's table what is wrong with an object. Stateless. */
final class Judge {

    private static final Set<String> WELL =
            Set.of("Completed", "Succeeded", "Terminating", "ContainerCreating", "PodInitializing");

    private Judge() {}

    /**
     * What is wrong.
     *
     * @param cause in a word, empty for nothing
     * @param bad whether it is broken, rather than waiting
     */
    record Verdict(String cause, boolean bad) {
        static final Verdict WELL = new Verdict("", false);
    }

    /**
     * Judges an object.
     *
     * @param resource the plural of its kind
     * @param cell the text of a column by its name
     */
    static Verdict of(String resource, Function<String, String> cell) {
        return switch (resource) {
            case "pods" -> pod(cell.apply("Status"), cell.apply("Ready"));
            case "nodes" -> node(cell.apply("Status"));
            case "persistentvolumeclaims" -> claim(cell.apply("Status"));
            case "jobs" ->
                    cell.apply("Status").equals("Failed")
                            ? new Verdict("Failed", true)
                            : Verdict.WELL;
            default -> Verdict.WELL;
        };
    }

    private static Verdict pod(String status, String ready) {
        if (status.equals("Running")) {
            return isAll(ready)
                    ? Verdict.WELL
                    : new Verdict(Texts.text("overview.notReady"), false);
        }
        if (WELL.contains(status) || status.matches("Init:\\d+/\\d+")) {
            return Verdict.WELL;
        }
        return new Verdict(status, !status.equals("Pending") && !status.equals("SchedulingGated"));
    }

    private static Verdict node(String status) {
        return status.startsWith("NotReady")
                ? new Verdict("NotReady", true)
                : status.contains("SchedulingDisabled")
                        ? new Verdict("SchedulingDisabled", false)
                        : Verdict.WELL;
    }

    private static Verdict claim(String status) {
        return switch (status) {
            case "Lost" -> new Verdict(status, true);
            case "Pending" -> new Verdict(status, false);
            default -> Verdict.WELL;
        };
    }

    /** Whether both sides of {@code 2/2} are the same. */
    static boolean isAll(String ready) {
        int slash = ready.indexOf('/');
        return slash < 0 || ready.substring(0, slash).equals(ready.substring(slash + 1));
    }
}
