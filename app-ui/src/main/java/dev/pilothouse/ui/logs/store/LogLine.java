package dev.pilothouse.ui.logs.store;

import java.nio.charset.StandardCharsets;

/**
 * One line of a log.
 *
 * @param id its number in the order of arrival
 * @param source the source it came from
 * @param time nanoseconds since 1970, or {@link Timestamps#NONE} when the server sent none
 * @param level what it says about itself
 * @param continues whether it goes on the line before it, which was too long for one record
 * @param bytes its text, as the container wrote it
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one reader, who does not keep it.
public record LogLine(int id, int source, long time, Level level, boolean continues, byte[] bytes) {

    /** The text; bytes that are no UTF-8 are replaced. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
