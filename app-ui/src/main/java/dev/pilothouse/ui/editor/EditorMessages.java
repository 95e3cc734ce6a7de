package dev.pilothouse.ui.editor;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.manifest.EditorModel;
import dev.pilothouse.ui.manifest.Manifest;
import dev.pilothouse.ui.manifest.Outcome;
import dev.pilothouse.ui.manifest.Refusal;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.yaml.Merge;
import dev.pilothouse.ui.yaml.Span;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said above an editor, and what can be done about it: how applying went, who owns what,
 * what others have changed. JavaFX thread only.
 */
final class EditorMessages {

    /** What the choices of messages do. */
    interface Actions {
        /** Applies the text, taking over fields that others own if so wished. */
        void apply(boolean force);

        /** Replaces the object by the text. */
        void replace();

        /** Drops what was changed. */
        void discard();

        /** Shows how the text differs from the cluster. */
        void showDifference();

        /** Selects a part of the text. */
        void select(Span span);
    }

    private final Banners banners;
    private final EditorModel model;
    private final EditorParts parts;
    private final Context context;
    private final Actions actions;

    EditorMessages(
            Banners banners,
            EditorModel model,
            EditorParts parts,
            Context context,
            Actions actions) {
        this.banners = banners;
        this.model = model;
        this.parts = parts;
        this.context = context;
        this.actions = actions;
    }

    /** Says how applying or replacing went. */
    void outcome(Outcome outcome) {
        banners.hide("refused");
        banners.hide("kept");
        switch (outcome) {
            case Outcome.Applied applied -> {
                banners.hide("restored");
                showApplied(applied);
            }
            case Outcome.Refused(int document, Refusal refusal) -> {
                if (refusal.isOwnership()) {
                    showOwners(document, refusal);
                } else {
                    refused(Texts.text("editor.refused", refusal.message()));
                }
            }
            case Outcome.NotSent(String reason) -> refused(reason);
        }
    }

    /**
     * Says what became of the object meanwhile.
     *
     * @param gone the object's name when it is no more, else empty
     */
    void changedElsewhere(String gone) {
        if (!gone.isEmpty()) {
            banners.show("changed", List.of(Texts.text("editor.gone", gone)), List.of());
        } else if (model.isChangedElsewhere() && model.isDirty()) {
            banners.show(
                    "changed",
                    List.of(Texts.text("editor.changed")),
                    List.of(
                            new Banners.Choice("merge", Texts.text("editor.merge"), this::merge),
                            new Banners.Choice(
                                    "show-diff",
                                    Texts.text("editor.mode.diff"),
                                    actions::showDifference)));
        } else {
            banners.hide("changed");
        }
    }

    private void merge() {
        model.merge();
        showConflicts();
    }

    /** Says that a draft is shown, and since when it is kept. */
    void restored(String time) {
        banners.show(
                "restored",
                List.of(Texts.text("editor.restored", time)),
                List.of(
                        new Banners.Choice(
                                "discard", Texts.text("editor.discard"), actions::discard),
                        new Banners.Choice(
                                "keep-draft",
                                Texts.text("editor.goOn"),
                                () -> banners.hide("restored"))));
    }

    private void showApplied(Outcome.Applied applied) {
        ObjectNode first = applied.objects().getFirst();
        String name = Json.text(first, "kind") + " " + Json.text(first, "metadata", "name");
        Manifest manifest = Manifest.of(first, context.kinds().get(), "");
        String sentence =
                applied.objects().size() == 1
                        ? Texts.text("editor.applied", name)
                        : Texts.text("editor.appliedMany", applied.objects().size());
        if (manifest == null || applied.objects().size() > 1) {
            context.notices().done(sentence);
        } else {
            ObjectRef ref =
                    new ObjectRef(
                            manifest.kind(),
                            manifest.namespace(),
                            manifest.name(),
                            Json.text(first, "metadata", "uid"));
            context.notices()
                    .done(sentence, Texts.text("editor.open"), () -> parts.open(ref, context));
        }
        if (!applied.kept().isEmpty()) {
            banners.show(
                    "kept",
                    List.of(Texts.text("editor.kept", String.join(", ", applied.kept()))),
                    List.of(
                            new Banners.Choice(
                                    "kept-replace",
                                    Texts.text("editor.remove"),
                                    actions::replace)));
        }
    }

    private void refused(String sentence) {
        banners.show(
                "refused",
                List.of(sentence),
                List.of(
                        new Banners.Choice(
                                "refused-close",
                                Texts.text("notice.close"),
                                () -> banners.hide("refused"))));
    }

    /** Fields that others own, with who that is. */
    private void showOwners(int document, Refusal refusal) {
        List<String> lines = new ArrayList<>();
        lines.add(Texts.text("editor.owners"));
        for (Refusal.Cause cause : refusal.causes()) {
            lines.add(Texts.text("editor.owner", cause.field(), cause.manager()));
        }
        banners.show(
                "refused",
                lines,
                List.of(
                        new Banners.Choice(
                                "conflict-force",
                                Texts.text("editor.force"),
                                () -> actions.apply(true)),
                        new Banners.Choice(
                                "conflict-theirs",
                                Texts.text("editor.theirs"),
                                () -> {
                                    banners.hide("refused");
                                    model.takeTheirs(document, refusal);
                                })));
    }

    private void showConflicts() {
        List<Merge.Conflict> conflicts = Merge.conflicts(model.text());
        if (conflicts.isEmpty()) {
            banners.hide("merge");
            return;
        }
        Merge.Conflict first = conflicts.getFirst();
        banners.show(
                "merge",
                List.of(
                        Texts.text("editor.conflicts", conflicts.size()),
                        Texts.text("editor.mine", first.mine().strip()),
                        Texts.text("editor.cluster", first.theirs().strip())),
                List.of(
                        choose("mine", first, first.mine()),
                        choose("theirs", first, first.theirs()),
                        choose("both", first, first.mine() + "\n" + first.theirs())));
        actions.select(first.span());
    }

    private Banners.Choice choose(String id, Merge.Conflict conflict, String text) {
        return new Banners.Choice(
                "merge-" + id,
                Texts.text("editor.choose." + id),
                () -> {
                    model.put(Merge.resolve(model.text(), conflict, text));
                    showConflicts();
                });
    }
}
