package dev.pilothouse.ui.logs.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Writes the lines of a view to a file, as they stand there. */
public final class Export {

    private static final int STEP = 2048;

    private Export() {}

    /**
     * Writes; blocks. A file that is not finished is deleted.
     *
     * @param names what stands before the lines of a source; may answer an empty text
     * @param progress told how many lines are written
     * @param cancelled asked between lines
     * @return how many lines were written; -1 when it was cancelled
     */
    public static int write(
            LogView view,
            Path file,
            IntFunction<String> names,
            IntConsumer progress,
            BooleanSupplier cancelled)
            throws IOException {
        int size = view.size();
        boolean done = false;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int at = 0; at < size && !cancelled.getAsBoolean(); at += STEP) {
                for (LogLine line : view.lines(at, Math.min(STEP, size - at))) {
                    line(out, line, names.apply(line.source()));
                }
                progress.accept(Math.min(size, at + STEP));
            }
            done = !cancelled.getAsBoolean();
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
        return done ? size : -1;
    }

    private static void line(OutputStream out, LogLine line, String name) throws IOException {
        String time = line.time() == Timestamps.NONE ? "" : Timestamps.format(line.time()) + " ";
        String head = name.isEmpty() ? time : "[" + name + "] " + time;
        out.write(head.getBytes(StandardCharsets.UTF_8));
        out.write(line.bytes());
        out.write('\n');
    }
}
