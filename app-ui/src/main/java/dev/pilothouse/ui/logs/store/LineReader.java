package dev.pilothouse.ui.logs.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts the stream of a log into lines, each with the time in front of it. A line too long for one
 * record is given in pieces. Belongs to one thread.
 */
public final class LineReader {

    /** The longest record, in bytes. */
    static final int LONGEST = 1 << 20;

    private static final int FIRST = 1 << 16;

    private final InputStream in;
    private final Replay replay;
    private byte[] buffer = new byte[FIRST];
    private int end;
    private boolean inLine;
    private long time;

    /**
     * Reads a stream.
     *
     * @param in what the server sends; read, not closed
     * @param replay knows which lines an earlier stream of this source has brought
     */
    public LineReader(InputStream in, Replay replay) {
        this.in = in;
        this.replay = replay;
        this.time = replay.latest();
    }

    /**
     * Waits for bytes and adds the lines that they complete.
     *
     * @return false at the end of the stream
     * @throws IOException when it was broken off; an unfinished line is not given then, because a
     *     further stream will bring it whole
     */
    public boolean read(LineBatch lines) throws IOException {
        if (end == buffer.length) {
            makeRoom(lines);
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            if (end > 0) {
                add(lines, 0, end);
                end = 0;
            }
            return false;
        }
        int search = end;
        end += count;
        int start = 0;
        for (int i = search; i < end; i++) {
            if (buffer[i] == '\n') {
                add(lines, start, i);
                inLine = false;
                start = i + 1;
            }
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
        }
        return true;
    }

    private void makeRoom(LineBatch lines) {
        if (buffer.length < LONGEST) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
            return;
        }
        add(lines, 0, end);
        inLine = true;
        end = 0;
    }

    private void add(LineBatch lines, int from, int to) {
        int start = from;
        if (!inLine) {
            long parsed = Timestamps.parse(buffer, from, to);
            if (parsed != Timestamps.NONE) {
                time = parsed;
                start = Timestamps.end(buffer, from, to);
            }
        }
        int stop = to > start && buffer[to - 1] == '\r' ? to - 1 : to;
        if (replay.isNew(time, buffer, start, stop)) {
            lines.add(time, inLine, buffer, start, stop);
        }
    }
}
