package dev.pilothouse.server.storage.h2;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the operating system's complaint in an exception, in words for people. */
final class DiskTrouble {

    private DiskTrouble() {}

    /** What is wrong with the disk, or null when something else is wrong. */
    static @Nullable String says(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && cause.getMessage() != null) {
                return explain(cause.getMessage());
            }
        }
        return null;
    }

    private static String explain(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("not enough space")) {
            return "the disk is full; free some space, then start again";
        }
        if (text.contains("quota")) {
            return "the disk quota is used up; free some space, then start again";
        }
        if (text.contains("file too large") || text.contains("file size")) {
            return "the file system allows no larger file";
        }
        return message;
    }
}
