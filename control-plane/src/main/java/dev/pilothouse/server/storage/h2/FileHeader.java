package dev.pilothouse.server.storage.h2;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.jspecify.annotations.Nullable;

/**
 * The text at the beginning of H2's file, which names the newest chunk: {@code name:value} pairs in
 * hexadecimal with a checksum at the end, twice, in a block each.
 */
final class FileHeader {

    private static final int BLOCK = 4096;

    /** Both copies. */
    static final int LENGTH = 2 * BLOCK;

    /** The length of the text at the end of a chunk, which has the same form. */
    static final int FOOTER = 128;

    private static final String CHECKSUM = "fletcher";

    private final Map<String, String> values;

    private FileHeader(Map<String, String> values) {
        this.values = values;
    }

    /** Reads both copies and takes the newer; null when none is whole. */
    static @Nullable FileHeader parse(byte[] copies) {
        Map<String, String> first = text(copies, 0, Math.min(BLOCK, copies.length));
        Map<String, String> second = copies.length < LENGTH ? null : text(copies, BLOCK, BLOCK);
        if (first == null || (second != null && number(second) > number(first))) {
            first = second;
        }
        return first == null ? null : new FileHeader(first);
    }

    /**
     * The header that names a chunk just written.
     *
     * @param footer the text at the chunk's end
     * @param position where the chunk begins
     * @return null when the text is no footer, or that of a chunk older than the one named here
     */
    @Nullable FileHeader naming(byte[] footer, long position) {
        Map<String, String> chunk = text(footer, 0, footer.length);
        String id = chunk == null ? null : chunk.get("chunk");
        String version = chunk == null ? null : chunk.get("version");
        if (chunk == null || id == null || version == null || number(chunk) <= number(values)) {
            return null;
        }
        Map<String, String> next = new LinkedHashMap<>(values);
        next.remove("clean");
        next.put("block", Long.toHexString(position / BLOCK));
        next.put("chunk", id);
        next.put("version", version);
        return new FileHeader(next);
    }

    private static long number(Map<String, String> pairs) {
        return Long.parseLong(pairs.getOrDefault("version", "0"), 16);
    }

    /** Both copies as they are written. */
    ByteBuffer bytes() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(name).append(':').append(value).append(','));
        text.setLength(text.length() - 1);
        byte[] checked = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        int checksum = DataUtils.getFletcher32(checked, 0, checked.length);
        text.append(',').append(CHECKSUM).append(':').append(Integer.toHexString(checksum));
        byte[] bytes = text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer copies = ByteBuffer.allocate(LENGTH);
        return copies.put(0, bytes).put(BLOCK, bytes);
    }

    /** The pairs of a text without its checksum; null when that is wrong. */
    private static @Nullable Map<String, String> text(byte[] bytes, int start, int length) {
        String text = new String(bytes, start, length, StandardCharsets.ISO_8859_1).strip();
        int end = text.lastIndexOf("," + CHECKSUM + ":");
        if (end < 0) {
            return null;
        }
        byte[] checked = text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1);
        String checksum = text.substring(end + CHECKSUM.length() + 2).replace("\0", "").strip();
        int found = DataUtils.getFletcher32(checked, 0, checked.length);
        if (!checksum.equals(Integer.toHexString(found))) {
            return null;
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.substring(0, end).split(",")) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                pairs.put(pair.substring(0, colon), pair.substring(colon + 1));
            }
        }
        return pairs;
    }
}
