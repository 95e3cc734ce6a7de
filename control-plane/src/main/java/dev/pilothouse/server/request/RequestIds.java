package dev.pilothouse.server.request;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes request ids: random UUIDs, which need to be unique but not secret. */
public final class RequestIds {

    private RequestIds() {}

    /** A new id. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
