package dev.pilothouse.server.streaming.command;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.node.ContainerStreams.TerminalSize;
import dev.pilothouse.server.node.ContainerStreams.TerminalSizes;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the sizes of a terminal from the JSON objects that clients send one after the other.
 * Thread-safe.
 */
final class ResizeFeed implements TerminalSizes {

    private static final int MAX_CHARS = 1024;
    private static final int MAX_SIZE = 65_535;

    private final StringBuilder text = new StringBuilder();
    private @Nullable TerminalSize latest;
    private @Nullable Consumer<TerminalSize> listener;

    @Override
    public void listen(Consumer<TerminalSize> newListener) {
        TerminalSize known;
        synchronized (this) {
            listener = newListener;
            known = latest;
        }
        if (known != null) {
            newListener.accept(known);
        }
    }

    /** Takes what a client sent; what is no size is passed over. */
    void received(byte[] bytes, int offset, int length) {
        TerminalSize size = null;
        Consumer<TerminalSize> told;
        synchronized (this) {
            text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
            int end = text.indexOf("}");
            while (end >= 0) {
                TerminalSize parsed = parse(text.substring(0, end + 1));
                size = parsed == null ? size : parsed;
                text.delete(0, end + 1);
                end = text.indexOf("}");
            }
            if (text.length() > MAX_CHARS) {
                text.setLength(0);
            }
            if (size == null) {
                return;
            }
            latest = size;
            told = listener;
        }
        if (told != null) {
            told.accept(size);
        }
    }

    private static @Nullable TerminalSize parse(String json) {
        try {
            ObjectNode object = Json.parseObject(json);
            long width = Json.number(object, 0, "Width");
            long height = Json.number(object, 0, "Height");
            return width > 0 && height > 0 && width <= MAX_SIZE && height <= MAX_SIZE
                    ? new TerminalSize((int) width, (int) height)
                    : null;
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }
}
