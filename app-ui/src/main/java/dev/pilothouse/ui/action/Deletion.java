package dev.pilothouse.ui.action;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes objects one after the other, as kubectl does also for all of a kind: each is asked for by
 * itself, so that one which cannot be deleted does not keep the others. Thread-safe.
 */
public final class Deletion implements AutoCloseable {

    private static final int NOT_FOUND = 404;

    private final Cluster cluster;
    private final List<ObjectRef> objects;
    private final Options options;
    private final Executor back;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean stopped;

    /** What becomes of the objects that belong to a deleted one. */
    public enum Propagation {
        /** They are deleted afterwards. */
        BACKGROUND("Background"),
        /** They are deleted first. */
        FOREGROUND("Foreground"),
        /** They stay, and belong to nobody. */
        ORPHAN("Orphan");

        private final String policy;

        Propagation(String policy) {
            this.policy = policy;
        }
    }

    /**
     * How objects are deleted.
     *
     * @param graceSeconds how long they may take to end; null for as long as each says itself
     */
    public record Options(Propagation propagation, @Nullable Long graceSeconds) {

        /** As kubectl does unless it is told otherwise. */
        public static final Options USUAL = new Options(Propagation.BACKGROUND, null);

        /** The body of the request that deletes the object with a uid, and no other of its name. */
        ObjectNode body(String uid) {
            ObjectNode body = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
            if (graceSeconds != null) {
                body.put("gracePeriodSeconds", graceSeconds.longValue());
            }
            body.put("propagationPolicy", propagation.policy);
            if (!uid.isEmpty()) {
                body.putObject("preconditions").put("uid", uid);
            }
            return body;
        }
    }

    /** Is told how it goes, through the executor. */
    public interface Listener {
        /** The server has taken the deletion of an object; it may still be ending. */
        void deleted(ObjectRef object);

        /** An object was not deleted; the reason is a sentence. */
        void failed(ObjectRef object, String reason);

        /** Nothing more is sent: all were, or it was closed. */
        void ended();
    }

    private Deletion(
            Cluster cluster,
            List<ObjectRef> objects,
            Options options,
            Executor back,
            Listener listener) {
        this.cluster = cluster;
        this.objects = List.copyOf(objects);
        this.options = options;
        this.back = back;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("delete").unstarted(this::run);
    }

    /**
     * Begins.
     *
     * @param back where the listener is called
     */
    public static Deletion start(
            Cluster cluster,
            List<ObjectRef> objects,
            Options options,
            Executor back,
            Listener listener) {
        Deletion deletion = new Deletion(cluster, objects, options, back, listener);
        deletion.thread.start();
        return deletion;
    }

    private void run() {
        for (ObjectRef object : objects) {
            if (stopped) {
                break;
            }
            delete(object);
        }
        back.execute(listener::ended);
    }

    private void delete(ObjectRef object) {
        try {
            cluster.call(ApiCall.delete(object.path(), options.body(object.uid())));
            back.execute(() -> listener.deleted(object));
        } catch (RefusedException e) {
            if (e.code() == NOT_FOUND) {
                // Somebody else was quicker, or it went with another one.
                back.execute(() -> listener.deleted(object));
            } else {
                failed(object, e);
            }
        } catch (IOException e) {
            failed(object, e);
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }

    private void failed(ObjectRef object, IOException why) {
        String reason = String.valueOf(why.getMessage());
        back.execute(() -> listener.failed(object, reason));
    }

    /** Deletes no more; the request that is under way is finished. */
    @Override
    public void close() {
        stopped = true;
    }
}
