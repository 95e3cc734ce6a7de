package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.logs.store.Ansi;
import dev.pilothouse.ui.logs.store.JsonLine;
import dev.pilothouse.ui.logs.store.LogLine;
import dev.pilothouse.ui.logs.store.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What of a line is shown, and how wide. */
final class LineText {

    /** Longer lines are cut in the view; copies and exports have them whole. */
    static final int SHOWN = 20_000;

    /** Where times are shown. */
    private final ZoneId zone = ZoneId.systemDefault();

    boolean times = true;
    boolean names = true;
    boolean json = true;
    boolean wrap;
    List<String> columns = List.of();

    Ansi.Line text(LogLine line) {
        byte[] bytes = line.bytes();
        int length = Math.min(bytes.length, SHOWN);
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        if (bytes.length > length) {
            text += " …";
        }
        if (json && length == bytes.length && length > 1 && bytes[0] == '{') {
            Optional<JsonLine> object = JsonLine.parse(text);
            if (object.isPresent()) {
                return object.get().layOut(columns);
            }
        }
        return Ansi.parse(text);
    }

    String time(LogLine line) {
        return line.time() == Timestamps.NONE ? "" : Timestamps.clock(line.time(), zone);
    }
}
