package dev.pilothouse.ui.manifest;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectEvents;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.yaml.Merge;
import dev.pilothouse.ui.yaml.Problem;
import dev.pilothouse.ui.yaml.YamlDocument;
import dev.pilothouse.ui.yaml.YamlEdit;
import dev.pilothouse.ui.yaml.YamlNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One text being edited: what it was made from, what is wrong with it, what the cluster has
 * meanwhile, and its draft on disk. All methods and all calls of the listener belong to one thread,
 * that of the executor; what takes time runs on threads of its own.
 */
public final class EditorModel {

    private static final Logger LOG = LoggerFactory.getLogger(EditorModel.class);

    /** After the last key, until the text is compared with the schemas. */
    private static final Duration LOCAL = Duration.ofMillis(150);

    /** From then, until the server is asked. */
    private static final Duration SERVER = Duration.ofMillis(450);

    /** While somebody types without a pause, the draft is kept this often. */
    private static final Duration DRAFT = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Executor back;
    private final Supplier<List<Kind>> kinds;
    private final Drafts drafts;
    private final Checks checks;
    private final Applier applier;
    private final Listener listener;
    private String usualNamespace;
    private String key;
    private String text = "";
    private String base = "";
    private @Nullable ObjectNode live;
    private @Nullable Subscription watch;
    private @Nullable Thread checking;
    private long drafted = System.nanoTime();
    private int turn;
    private boolean closed;

    /** Is told what happens. */
    public interface Listener {
        /** The text is another one now, and not because it was typed. */
        void text(String text);

        /** What is wrong with the text. */
        void problems(List<Problem> problems, Check state);

        /** The cluster has another object than the text was made from; null when none any more. */
        void changedElsewhere(@Nullable ObjectNode live);

        /** An unsaved text has been found on disk and is shown. */
        void restored(String time);

        /** Something could not be done, in a sentence. */
        void failed(String reason);
    }

    /** How far a text has been checked. */
    public enum Check {
        /** The schemas have been asked. */
        LOCAL,
        /** The server is being asked. */
        ASKING,
        /** The server has been asked. */
        SERVER
    }

    /**
     * An empty text.
     *
     * @param kinds the kinds that the cluster has now
     * @param key names the draft
     * @param usualNamespace for objects that name none
     * @param back the thread of this model
     */
    public EditorModel(
            Cluster cluster,
            Schemas schemas,
            Supplier<List<Kind>> kinds,
            Drafts drafts,
            String key,
            String usualNamespace,
            Executor back,
            Listener listener) {
        this.cluster = cluster;
        this.kinds = kinds;
        this.drafts = drafts;
        this.key = key;
        this.usualNamespace = usualNamespace.isEmpty() ? "default" : usualNamespace;
        this.back = back;
        this.listener = listener;
        this.checks = new Checks(cluster, schemas);
        this.applier = new Applier(cluster);
    }

    /** The key of drafts of an object. */
    public static String key(Cluster cluster, Kind kind, String namespace, String name) {
        return cluster.endpoint().getAuthority() + kind.path(namespace, name);
    }

    /** Begins with a text that is not in the cluster yet, or with its draft. */
    public void begin(String template) {
        base = template;
        start(template);
    }

    /** Begins with an object of the cluster, or with its draft, and follows it. */
    public void open(Kind kind, String namespace, String name) {
        usualNamespace = namespace.isEmpty() ? usualNamespace : namespace;
        watch =
                cluster.followObjects(
                        kind, namespace, "fieldSelector=metadata.name%3D" + name, new Follower());
    }

    private void start(String fresh) {
        Drafts.Draft draft = drafts.find(key);
        if (draft != null && !draft.text().equals(fresh)) {
            base = draft.base();
            show(draft.text());
            listener.restored(draft.time());
        } else {
            show(fresh);
        }
    }

    private void show(String fresh) {
        text = fresh;
        listener.text(fresh);
        check();
    }

    /** The text as it is. */
    public String text() {
        return text;
    }

    /** The object as the cluster has it; null when it has none. */
    public @Nullable ObjectNode live() {
        return live;
    }

    /** The text of the object as the cluster has it; empty when it has none. */
    public String liveText() {
        return live == null ? "" : Manifest.text(live);
    }

    /** The namespace of objects that name none. */
    public String usualNamespace() {
        return usualNamespace;
    }

    /** Whether there is something that is not in the cluster. */
    public boolean isDirty() {
        return !text.equals(base);
    }

    /** The user has typed. */
    public void typed(String now) {
        if (now.equals(text)) {
            return;
        }
        text = now;
        if (System.nanoTime() - drafted > DRAFT.toNanos()) {
            drafted = System.nanoTime();
            keepDraft(key, base, now);
        }
        check();
    }

    /** Puts another text in the place of what is there, as a form or a file does. */
    public void put(String other) {
        if (!other.equals(text)) {
            text = other;
            listener.text(other);
            check();
        }
    }

    /** Puts another value in the place of one document. */
    public void put(int document, ObjectNode wanted) {
        put(YamlEdit.rewrite(text, document, wanted));
    }

    private void check() {
        stopChecking();
        int of = ++turn;
        String checked = text;
        String made = base;
        String name = key;
        boolean dirty = isDirty();
        List<Kind> known = kinds.get();
        checking =
                Thread.ofVirtual()
                        .name("check-manifest")
                        .start(() -> {
                            try {
                                check(of, checked, made, name, dirty, known);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void check(
            int of, String checked, String made, String name, boolean dirty, List<Kind> known)
            throws InterruptedException {
        Thread.sleep(LOCAL);
        if (dirty && !checked.isBlank()) {
            keepDraft(name, made, checked);
        }
        List<Problem> problems = checks.local(checked, known);
        boolean ask = problems.isEmpty() && !checked.isBlank() && dirty;
        tell(of, problems, ask ? Check.ASKING : Check.LOCAL);
        if (ask) {
            Thread.sleep(SERVER);
            tell(of, checks.server(checked, known, usualNamespace), Check.SERVER);
        }
    }

    private void tell(int of, List<Problem> problems, Check state) {
        back.execute(() -> {
            if (of == turn && !closed) {
                listener.problems(problems, state);
            }
        });
    }

    private void keepDraft(String name, String made, String typed) {
        try {
            drafts.keep(name, made, typed);
        } catch (IOException e) {
            LOG.warn("A draft cannot be kept: {}", e.toString());
            String reason = String.valueOf(e.getMessage());
            back.execute(() -> listener.failed(Texts.text("manifest.noDraft", reason)));
        }
    }

    /**
     * Applies the text.
     *
     * @param force whether fields of others are taken
     */
    public void apply(boolean force, Consumer<Outcome> done) {
        apply(force ? Applier.Way.FORCE : Applier.Way.APPLY, done);
    }

    /** Puts the text in the place of the object. */
    public void replace(Consumer<Outcome> done) {
        apply(Applier.Way.REPLACE, done);
    }

    private void apply(Applier.Way way, Consumer<Outcome> done) {
        stopChecking();
        String sent = text;
        // What a new object was made from is not in the cluster, so nothing of it can be left
        // there.
        String made = watch == null ? "" : base;
        String revision = Applier.revision(live);
        List<Kind> known = kinds.get();
        Thread.ofVirtual()
                .name("apply-manifest")
                .start(() -> {
                    try {
                        Outcome outcome =
                                applier.apply(sent, made, revision, known, usualNamespace, way);
                        back.execute(() -> applied(sent, outcome, done));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void applied(String sent, Outcome outcome, Consumer<Outcome> done) {
        switch (outcome) {
            case Outcome.Applied applied -> {
                drafts.discard(key);
                if (applied.objects().size() == 1) {
                    live = applied.objects().getFirst();
                }
                if (text.equals(sent)) {
                    base = sent;
                    if (watch != null && applied.kept().isEmpty()) {
                        accept(applied.objects().getFirst());
                    }
                }
                listener.problems(List.of(), Check.SERVER);
            }
            case Outcome.Refused(int document, Refusal refusal) -> {
                YamlNode root = YamlDocument.parse(sent).get(document).root();
                if (text.equals(sent) && root != null) {
                    listener.problems(Checks.problems(sent, root, refusal), Check.SERVER);
                }
            }
            case Outcome.NotSent _ -> {}
        }
        done.accept(outcome);
    }

    /** Takes what the cluster has as the new start; comments of the text stay. */
    private void accept(ObjectNode now) {
        String kept = YamlEdit.rewrite(text, 0, Manifest.editable(now));
        base = kept;
        show(kept);
    }

    /** Takes what the cluster has in the fields that others own, and leaves the rest. */
    public void takeTheirs(int document, Refusal refusal) {
        YamlNode root = YamlDocument.parse(text).get(document).root();
        ObjectNode theirs = live;
        if (root == null || theirs == null || !(root.json() instanceof ObjectNode wanted)) {
            return;
        }
        Theirs.take(refusal, root, theirs, wanted);
        put(document, wanted);
    }

    /** Brings what others have changed into the text; what both changed is marked. */
    public int merge() {
        String theirs = liveText();
        Merge.Result merged = Merge.merge(base, text, theirs);
        base = theirs;
        put(merged.text());
        listener.changedElsewhere(live);
        return merged.conflicts();
    }

    /** Gives the draft up: back to what the cluster has. */
    public void discard() {
        drafts.discard(key);
        base = live == null ? base : liveText();
        show(base);
    }

    /** Whether the cluster has another object than the text was made from. */
    public boolean isChangedElsewhere() {
        return watch != null && live != null && !base.isEmpty() && !sameObject(base, liveText());
    }

    private static boolean sameObject(String one, String other) {
        List<YamlDocument> left = YamlDocument.parse(one);
        List<YamlDocument> right = YamlDocument.parse(other);
        return left.size() == 1
                && right.size() == 1
                && Objects.equals(left.getFirst().object(), right.getFirst().object());
    }

    private final class Follower implements ObjectEvents {
        private boolean begun;

        @Override
        public void listed(List<ObjectNode> objects) {
            back.execute(() -> seen(objects.isEmpty() ? null : objects.getFirst()));
        }

        @Override
        public void changed(ObjectNode object) {
            back.execute(() -> seen(object));
        }

        @Override
        public void removed(ObjectNode object) {
            back.execute(() -> seen(null));
        }

        @Override
        public void connection(Connection state) {
            if (state instanceof Connection.Lost lost) {
                back.execute(() -> listener.failed(lost.reason()));
            }
        }

        private void seen(@Nullable ObjectNode now) {
            if (closed) {
                return;
            }
            live = now;
            if (!begun && now != null) {
                begun = true;
                base = Manifest.text(now);
                start(base);
            } else if (!isDirty() && now != null && isChangedElsewhere()) {
                base = Manifest.text(now);
                show(base);
            }
            listener.changedElsewhere(now);
        }
    }

    private void stopChecking() {
        if (checking != null) {
            checking.interrupt();
            checking = null;
        }
    }

    /** Ends what runs; the draft stays on disk when there is something to lose. */
    public void close() {
        closed = true;
        stopChecking();
        if (watch != null) {
            watch.close();
        }
        if (isDirty() && !text.isBlank()) {
            keepDraft(key, base, text);
        }
    }
}
