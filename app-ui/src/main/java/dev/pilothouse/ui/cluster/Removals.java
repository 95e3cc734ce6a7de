package dev.pilothouse.ui.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Which objects of a live table were removed, and when: for those who show what it was at an
 * earlier revision. Only the last ones are remembered. One thread at a time.
 */
final class Removals {

    /** So many are remembered. */
    private static final int REMEMBERED = 4096;

    private final Deque<Gone> gone = new ArrayDeque<>();

    /** Their revision is told next. */
    private final List<String> last = new ArrayList<>();

    private long from = Long.MAX_VALUE;

    private record Gone(String uid, long at) {}

    /** Knows nothing of what was before a revision. */
    void begin(String revision) {
        gone.clear();
        last.clear();
        from = number(revision);
    }

    /** An object was removed, at the revision that is reached next. */
    void add(String uid) {
        last.add(uid);
    }

    /** Everything up to a revision was told. */
    void reached(String revision) {
        long at = number(revision);
        last.forEach(uid -> gone.add(new Gone(uid, at)));
        last.clear();
        while (gone.size() > REMEMBERED) {
            from = gone.removeFirst().at;
        }
    }

    /** Whether all that were removed after a revision are known. */
    boolean reachBackTo(String revision) {
        long at = number(revision);
        return at >= 0 && at >= from;
    }

    /** The uids of those that were removed after a revision. */
    List<String> after(String revision) {
        long at = number(revision);
        return gone.stream().filter(each -> each.at > at).map(Gone::uid).toList();
    }

    /** Revisions count up (KEP-5504); what is no number is older than everything. */
    static long number(String revision) {
        try {
            return Long.parseLong(revision);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
