package dev.pilothouse.server.storage.journal;

import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a journal holds that its log does not, after the process or the power failed. */
final class Replay {

    private final List<LogRecord> records;
    private final long reserved;

    /** Revisions in the log that the journal has replaced or deleted. */
    private final Set<Long> replaced = new HashSet<>();

    private final Map<Long, LogRecord> live = new LinkedHashMap<>();

    private Replay(List<LogRecord> records, long reserved) {
        this.records = records;
        this.reserved = reserved;
        for (LogRecord row : records) {
            if (live.remove(row.previousRevision()) == null) {
                replaced.add(row.previousRevision());
            }
            if (row.type() != Type.DELETE) {
                live.put(row.revision(), row);
            }
        }
    }

    /** Reads the journal of a log that was not closed; nothing when it was. */
    static Replay read(BaseLog base, JournalFiles files) throws IOException {
        String name = base.journal();
        if (name.isEmpty()) {
            return new Replay(List.of(), 0);
        }
        List<Frame> frames = Journal.read(files, name);
        if (frames == null) {
            throw base.damaged("its journal, in the files that end in .journal, is missing");
        }
        return of(base, frames);
    }

    /** What follows the newest revision of the log, which must be without a gap. */
    private static Replay of(BaseLog base, List<Frame> frames) {
        List<LogRecord> missing = new ArrayList<>();
        long reached = base.newest();
        long reserved = 0;
        for (Frame frame : frames) {
            reserved = Math.max(reserved, frame.reserved());
            if (frame.last() > reached) {
                if (frame.after() > reached) {
                    throw base.damaged(
                            "the revisions after "
                                    + reached
                                    + " and up to "
                                    + frame.after()
                                    + " cannot be read from its journal");
                }
                for (LogRecord row : frame.records()) {
                    if (row.revision() > reached) {
                        missing.add(row);
                    }
                }
                reached = frame.last();
            }
        }
        return new Replay(missing, reserved);
    }

    /** Passes on what has not been replaced since. */
    Consumer<LogRecord> withoutReplaced(Consumer<LogRecord> taker) {
        return row -> {
            if (!replaced.contains(row.revision())) {
                taker.accept(row);
            }
        };
    }

    /** Appends all to the log, which has been read. */
    void into(BaseLog base, int atOnce) {
        for (int from = 0; from < records.size(); from += atOnce) {
            base.append(records.subList(from, Math.min(from + atOnce, records.size())), 0);
        }
        if (reserved > 0) {
            base.reserve(reserved);
        }
    }

    /** Hands out the objects that are in the journal alone. */
    void live(Consumer<LogRecord> taker) {
        live.values().forEach(taker);
    }
}
