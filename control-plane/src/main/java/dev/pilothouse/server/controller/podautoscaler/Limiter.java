package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.server.controller.podautoscaler.ScalingRules.Policy;
import java.time.Instant;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Turns what metrics recommend into what is done: not too early, not too fast, not too many or too
 * few. Source: horizontal.go, normalizeDesiredReplicas and normalizeDesiredReplicasWithBehaviors.
 *
 * @param up the rules for more pods
 * @param down the rules for fewer pods
 * @param ruled whether somebody has made rules; without, the number at most doubles at a time
 * @param min the fewest pods
 * @param max the most pods
 */
record Limiter(ScalingRules up, ScalingRules down, boolean ruled, int min, int max) {

    private static final int FIRST_STEP = 4;

    /**
     * What is done.
     *
     * @param replicas how many pods
     * @param stabilized why earlier recommendations count, null when they do not
     * @param limited whether the number is another one than recommended
     * @param range why
     */
    record Outcome(int replicas, @Nullable Reason stabilized, boolean limited, Reason range) {}

    /** A reason of a condition. */
    record Reason(String word, String text) {}

    private static final Reason UP_STABILIZED =
            new Reason(
                    "ScaleUpStabilized",
                    "recent recommendations were lower than current one, applying the lowest recent recommendation");
    private static final Reason DOWN_STABILIZED =
            new Reason(
                    "ScaleDownStabilized",
                    "recent recommendations were higher than current one, applying the highest recent recommendation");
    private static final Reason WITHIN =
            new Reason("DesiredWithinRange", "the desired count is within the acceptable range");
    private static final Reason TOO_FEW =
            new Reason(
                    "TooFewReplicas",
                    "the desired replica count is less than the minimum replica count");
    private static final Reason TOO_MANY =
            new Reason(
                    "TooManyReplicas",
                    "the desired replica count is more than the maximum replica count");
    private static final Reason UP_LIMIT =
            new Reason(
                    "ScaleUpLimit",
                    "the desired replica count is increasing faster than the maximum scale rate");
    private static final Reason DOWN_LIMIT =
            new Reason(
                    "ScaleDownLimit",
                    "the desired replica count is decreasing faster than the maximum scale rate");

    /** What is done about a recommendation, which is remembered. */
    Outcome apply(int current, int recommended, ScaleHistory history, Instant now) {
        history.begin(current, now);
        int lowest = history.lowest(recommended, up.window(), now);
        int highest = history.highest(recommended, down.window(), now);
        history.recommended(recommended, now);
        int stable = Math.min(Math.max(current, lowest), highest);
        Reason stabilized =
                stable == recommended
                        ? null
                        : recommended >= current ? UP_STABILIZED : DOWN_STABILIZED;
        return limit(current, stable, stabilized, history, now);
    }

    private Outcome limit(
            int current,
            int wanted,
            @Nullable Reason stabilized,
            ScaleHistory history,
            Instant now) {
        if (wanted > current || wanted > max) {
            int rate = Math.max(current, upLimit(current, history, now));
            int most = Math.min(max, rate);
            if (wanted > most) {
                return new Outcome(most, stabilized, true, max > rate ? UP_LIMIT : TOO_MANY);
            }
        }
        if (wanted < current || wanted < min) {
            int rate = Math.min(current, downLimit(current, history, now));
            int least = Math.max(min, rate);
            if (wanted < least) {
                return new Outcome(least, stabilized, true, min < rate ? DOWN_LIMIT : TOO_FEW);
            }
        }
        return new Outcome(wanted, stabilized, false, WITHIN);
    }

    private int upLimit(int current, ScaleHistory history, Instant now) {
        if (!ruled) {
            return Math.max(2 * current, FIRST_STEP);
        }
        if (up.select().equals("Disabled")) {
            return current;
        }
        boolean least = up.select().equals("Min");
        IntBinaryOperator choice = least ? Math::min : Math::max;
        int result = least ? Integer.MAX_VALUE : Integer.MIN_VALUE;
        for (Policy policy : up.policies()) {
            int start = current - history.changeWithin(policy.period(), now);
            int limit =
                    policy.percent()
                            ? (int) Math.ceil(start * (1 + policy.value() / 100.0))
                            : start + policy.value();
            result = choice.applyAsInt(result, limit);
        }
        return result;
    }

    private int downLimit(int current, ScaleHistory history, Instant now) {
        if (!ruled) {
            return 0;
        }
        if (down.select().equals("Disabled")) {
            return current;
        }
        boolean least = down.select().equals("Min");
        IntBinaryOperator choice = least ? Math::max : Math::min;
        int result = least ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        for (Policy policy : down.policies()) {
            int start = current - history.changeWithin(policy.period(), now);
            int limit =
                    policy.percent()
                            ? (int) (start * (1 - policy.value() / 100.0))
                            : start - policy.value();
            result = choice.applyAsInt(result, limit);
        }
        return result;
    }
}
