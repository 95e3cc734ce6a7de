package dev.pilothouse.server.controller;

import java.time.Duration;

/** What came of an attempt to bring an object where it should be. */
public sealed interface Result {

    /** Nothing is left to do until something changes. */
    Result DONE = new Done();

    /** Nothing is left to do until something changes. */
    record Done() implements Result {}

    /** To be looked at again after a time, although nothing failed. */
    record RequeueAfter(Duration delay) implements Result {}

    /** Did not work, for a reason that may pass; to be tried again, later each time. */
    record Retry(String why) implements Result {}
}
