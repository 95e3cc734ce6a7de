package dev.pilothouse.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line per record: time, level, last part of the logger's name, message; a stack trace follows
 * on its own lines. Public because java.util.logging makes it by name.
 */
public final class LineFormatter extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT);

    /** Made by the log manager. */
    public LineFormatter() {}

    @Override
    public String format(LogRecord entry) {
        var line = new StringBuilder(160);
        TIME.formatTo(ZonedDateTime.ofInstant(entry.getInstant(), ZoneId.systemDefault()), line);
        line.append(' ').append(level(entry.getLevel())).append(' ');
        String name = entry.getLoggerName();
        line.append(name == null ? "-" : name.substring(name.lastIndexOf('.') + 1));
        // A message must stay on its line: what a client sends must not forge a second record.
        line.append(": ").append(formatMessage(entry).replace("\r", "\\r").replace("\n", "\\n"));
        line.append(System.lineSeparator());
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace, true));
            line.append(trace);
        }
        return line.toString();
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO ";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }
}
