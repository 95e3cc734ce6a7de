package dev.pilothouse.server.kubelet.runtime.simulated;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Addresses of a range, each given to one holder at a time. Asking again for the same holder gives
 * the same address. Thread-safe.
 */
final class Addresses {

    private final int base;
    private final int size;
    private final BitSet taken = new BitSet();
    private final Map<String, Integer> holders = new HashMap<>();
    private int next = 1;

    /** A range of addresses from {@code a.b.0.1} on. */
    Addresses(int a, int b, int size) {
        this.base = a << 24 | b << 16;
        this.size = size;
    }

    /** The address of a holder, a new one when it has none. */
    synchronized String of(String holder) {
        Integer offset = holders.get(holder);
        if (offset == null) {
            offset = free();
            taken.set(offset);
            holders.put(holder, offset);
        }
        return text(base + offset);
    }

    /** Takes note of an address that a holder has from before. */
    synchronized void hold(String holder, String address) {
        int offset = parse(address) - base;
        if (offset > 0 && offset < size && !holders.containsKey(holder)) {
            taken.set(offset);
            holders.put(holder, offset);
        }
    }

    /** Gives an address back. */
    synchronized void release(String holder) {
        Integer offset = holders.remove(holder);
        if (offset != null) {
            taken.clear(offset);
        }
    }

    /** Goes round, so that an address is not given again soon. Skips .0 and .255. */
    private int free() {
        for (int tries = 0; tries < size; tries++) {
            int offset = next;
            next = next + 1 < size ? next + 1 : 1;
            int last = offset & 0xff;
            if (last != 0 && last != 255 && !taken.get(offset)) {
                return offset;
            }
        }
        throw new IllegalStateException(
                "all " + size + " addresses from " + text(base) + " are taken");
    }

    private static String text(int address) {
        return (address >>> 24)
                + "."
                + (address >>> 16 & 0xff)
                + "."
                + (address >>> 8 & 0xff)
                + "."
                + (address & 0xff);
    }

    private static int parse(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return 0;
        }
        int value = 0;
        for (String part : parts) {
            try {
                value = value << 8 | Integer.parseInt(part) & 0xff;
            } catch (NumberFormatException _) {
                return 0;
            }
        }
        return value;
    }
}
