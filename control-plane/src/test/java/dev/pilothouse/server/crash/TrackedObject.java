package dev.pilothouse.server.crash;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object of a writer: what the server acknowledged last, and a write since then whose answer
 * never came. Used by one thread at a time.
 */
final class TrackedObject {

    /** The sorts of objects written. */
    enum Sort {
        CONFIG_MAP("configmaps"),
        POD("pods");

        final String resource;

        Sort(String resource) {
            this.resource = resource;
        }
    }

    /** What a comparison with the restarted server found. */
    enum Finding {
        KEPT,
        LOST,
        WRONG
    }

    static final String CONTENT = "content";

    final Sort sort;
    final String name;
    private long revision;
    private String uid = "";
    private String hash = "";
    private String content = "";

    /** The content of a write without an answer, empty for a deletion; null when there is none. */
    private @Nullable String unanswered;

    TrackedObject(Sort sort, String name) {
        this.sort = sort;
        this.name = name;
    }

    boolean exists() {
        return !content.isEmpty();
    }

    long revision() {
        return revision;
    }

    String uid() {
        return uid;
    }

    /** To be called before a write with this content is sent; empty for a deletion. */
    void sending(String wanted) {
        unanswered = wanted;
    }

    /** The server acknowledged the write, with this object unless it was a deletion. */
    void acknowledged(@Nullable ObjectNode object) {
        unanswered = null;
        note(object);
    }

    private void note(@Nullable ObjectNode object) {
        if (object == null) {
            content = "";
            hash = "";
            return;
        }
        revision = revision(object);
        uid = Json.text(object, "metadata", "uid");
        content = content(object);
        hash = hash(object);
    }

    /** Compares with what a restarted server has; an unanswered write may have been done. */
    Finding compare(@Nullable ObjectNode found) {
        String maybe = unanswered;
        unanswered = null;
        if (maybe != null && done(maybe, found)) {
            note(found);
            return Finding.KEPT;
        }
        if (found == null) {
            return exists() ? Finding.LOST : Finding.KEPT;
        }
        if (!exists() || !uid.equals(Json.text(found, "metadata", "uid"))) {
            return Finding.WRONG;
        }
        if (revision(found) < revision) {
            return Finding.LOST;
        }
        // Controllers may write a pod's status at any time; nobody else writes config maps.
        boolean same =
                revision(found) == revision
                        ? hash(found).equals(hash)
                        : sort == Sort.POD && content(found).equals(content);
        note(found);
        return same ? Finding.KEPT : Finding.WRONG;
    }

    private boolean done(String wanted, @Nullable ObjectNode found) {
        if (found == null) {
            return wanted.isEmpty();
        }
        return !wanted.isEmpty() && revision(found) > revision && content(found).equals(wanted);
    }

    private static long revision(ObjectNode object) {
        return Long.parseLong(Json.text(object, "metadata", "resourceVersion"));
    }

    private static String content(ObjectNode object) {
        return Json.text(object, "metadata", "annotations", CONTENT);
    }

    /** Of everything but the type, which the items of a list do not have. */
    private static String hash(ObjectNode object) {
        ObjectNode untyped = object.deepCopy();
        untyped.remove("kind");
        untyped.remove("apiVersion");
        byte[] bytes = Json.string(untyped).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
