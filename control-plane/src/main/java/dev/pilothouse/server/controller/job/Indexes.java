package dev.pilothouse.server.controller.job;

import java.util.BitSet;

/** Sets of completion indexes, as text such as {@code 1,3-5,7}. */
final class Indexes {

    private Indexes() {}

    /** Reads indexes below a limit; what cannot be read is passed over. */
    static BitSet parse(String text, int limit) {
        BitSet indexes = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] bounds = part.split("-", -1);
            if (part.matches("[0-9]{1,9}(-[0-9]{1,9})?")) {
                int from = Integer.parseInt(bounds[0]);
                int to = Math.min(Integer.parseInt(bounds[bounds.length - 1]), limit - 1);
                if (from <= to) {
                    indexes.set(from, to + 1);
                }
            }
        }
        return indexes;
    }

    /** Writes indexes; two in a row are written apart, three and more as a range. */
    static String format(BitSet indexes) {
        StringBuilder text = new StringBuilder();
        int from = indexes.nextSetBit(0);
        while (from >= 0) {
            int to = indexes.nextClearBit(from) - 1;
            text.append(text.isEmpty() ? "" : ",").append(from);
            if (to > from) {
                text.append(to > from + 1 ? '-' : ',').append(to);
            }
            from = indexes.nextSetBit(to + 1);
        }
        return text.toString();
    }
}
