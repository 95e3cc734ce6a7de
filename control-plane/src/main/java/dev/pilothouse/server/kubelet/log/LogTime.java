package dev.pilothouse.server.kubelet.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of log lines: RFC 3339 with nine digits, so that text order is order in time. */
final class LogTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private LogTime() {}

    static String format(Instant time) {
        return FORMAT.format(time);
    }
}
