package dev.pilothouse.server.kubelet.runtime.simulated.stage;

/** Numbers that look like chance and are always the same: the simulation repeats itself. */
public final class Seeds {

    private Seeds() {}

    /** A seed for a text. */
    public static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(hash, 0);
    }

    /** A seed out of a seed and a number. Source: the finisher of SplitMix64. */
    public static long mix(long seed, long number) {
        long z = seed + 0x9e3779b97f4a7c15L * (number + 1);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** At least 0, below 1. */
    public static double unit(long seed) {
        return (seed >>> 11) * 0x1.0p-53;
    }
}
