package dev.pilothouse.server.scheduler.cluster;

/**
 * Keeps pods off a node unless they tolerate it.
 *
 * @param key its name
 * @param value may be empty
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
 */
public record Taint(String key, String value, String effect) {

    /** The taint of a node that is cordoned. */
    public static final Taint UNSCHEDULABLE =
            new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

    /** Whether pods that do not tolerate it are kept off. */
    public boolean repels() {
        return effect.equals("NoSchedule") || effect.equals("NoExecute");
    }

    /** Whether it is only a preference. */
    public boolean discourages() {
        return effect.equals("PreferNoSchedule");
    }

    /** As kubectl writes it: {@code key=value:effect}. */
    @Override
    public String toString() {
        return value.isEmpty() ? key + ":" + effect : key + "=" + value + ":" + effect;
    }
}
