package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.schema.FieldSchema;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.yaml.Caret;
import dev.pilothouse.ui.yaml.Completion;
import dev.pilothouse.ui.yaml.YamlDocument;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the document in which the caret is: its schema, and from that what could be
 * written and what is written there. JavaFX thread only.
 */
final class DocumentHelp {

    private final Supplier<String> text;
    private final IntSupplier caret;
    private final Schemas schemas;
    private final Supplier<List<Kind>> kinds;

    /**
     * Of a text that may have several documents.
     *
     * @param kinds of the cluster
     */
    DocumentHelp(
            Supplier<String> text, IntSupplier caret, Schemas schemas, Supplier<List<Kind>> kinds) {
        this.text = text;
        this.caret = caret;
        this.schemas = schemas;
        this.kinds = kinds;
    }

    /** Which of the documents it is, from 0. */
    int index() {
        List<YamlDocument> documents = YamlDocument.parse(text.get());
        for (int i = documents.size() - 1; i > 0; i--) {
            if (documents.get(i).span().start() <= caret.getAsInt()) {
                return i;
            }
        }
        return 0;
    }

    /** The document; null when there is no text. */
    @Nullable YamlDocument document() {
        List<YamlDocument> documents = YamlDocument.parse(text.get());
        int index = index();
        return index < documents.size() ? documents.get(index) : null;
    }

    /** What its kind consists of; null when that is not known. */
    @Nullable FieldSchema schema() {
        YamlDocument document = document();
        return document == null
                ? null
                : schemas.known(
                        document.said("apiVersion", text.get()), document.said("kind", text.get()));
    }

    /** What could be written where the caret is. */
    List<Completion.Proposal> proposals(Caret at) {
        if (at.path().isEmpty() && at.key().equals("kind")) {
            return ofKinds(Kind::kind, at);
        }
        if (at.path().isEmpty() && at.key().equals("apiVersion")) {
            return ofKinds(Kind::apiVersion, at);
        }
        return Completion.at(at, schema());
    }

    private List<Completion.Proposal> ofKinds(Function<Kind, String> what, Caret at) {
        return Completion.of(
                kinds.get().stream().map(what).distinct().sorted().toList(), at.typed());
    }

    /** What the schema says of the field at a place of the text; empty for nothing. */
    String documentation(int offset) {
        Caret at = Caret.of(text.get(), offset);
        FieldSchema schema = schema();
        return at == null || schema == null ? "" : Completion.documentation(at, schema);
    }
}
