package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.json.Json;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pods whose end has been noted in a status and not been counted yet, because they still had
 * their finalizer then. Changes the status. For one thread.
 */
final class Uncounted {

    /** A status must not grow without limit. */
    private static final int MOST = 500;

    private final ObjectNode status;
    private final Set<String> succeeded;
    private final Set<String> failed;
    private boolean tookAll = true;

    Uncounted(ObjectNode status) {
        this.status = status;
        this.succeeded = read("succeeded");
        this.failed = read("failed");
    }

    boolean has(String uid) {
        return succeeded.contains(uid) || failed.contains(uid);
    }

    int succeeded() {
        return succeeded.size();
    }

    int failed() {
        return failed.size();
    }

    /** Whether there was room for all. */
    boolean tookAll() {
        return tookAll;
    }

    /** Notes a success; false when there is no room. */
    boolean addSucceeded(String uid) {
        return add(succeeded, uid);
    }

    /** Notes a failure; false when there is no room. */
    boolean addFailed(String uid) {
        return add(failed, uid);
    }

    /** Counts those that do not have their finalizer any more, given those that still have it. */
    void settle(Collection<String> tracked) {
        Set<String> held = Set.copyOf(tracked);
        settle(succeeded, held, "succeeded");
        settle(failed, held, "failed");
    }

    /** Writes what is left into the status. */
    void write() {
        ObjectNode uncounted = status.putObject("uncountedTerminatedPods");
        if (!succeeded.isEmpty()) {
            succeeded.forEach(uncounted.putArray("succeeded")::add);
        }
        if (!failed.isEmpty()) {
            failed.forEach(uncounted.putArray("failed")::add);
        }
    }

    private void settle(Set<String> uids, Set<String> held, String field) {
        int before = uids.size();
        uids.retainAll(held);
        int counted = before - uids.size();
        if (counted > 0) {
            status.put(field, (int) Json.number(status, 0, field) + counted);
        }
    }

    private boolean add(Set<String> uids, String uid) {
        if (succeeded.size() + failed.size() >= MOST) {
            tookAll = false;
            return false;
        }
        return uids.add(uid);
    }

    private Set<String> read(String field) {
        Set<String> uids = new LinkedHashSet<>();
        for (JsonNode uid : status.path("uncountedTerminatedPods").path(field)) {
            uids.add(uid.asString(""));
        }
        return uids;
    }
}
