package dev.pilothouse.ui.manifest;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.schema.FieldSchema;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.yaml.Merge;
import dev.pilothouse.ui.yaml.Problem;
import dev.pilothouse.ui.yaml.Span;
import dev.pilothouse.ui.yaml.Validator;
import dev.pilothouse.ui.yaml.YamlDocument;
import dev.pilothouse.ui.yaml.YamlNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what is wrong with a text of manifests. Blocks; thread-safe. */
final class Checks {

    private final Cluster cluster;
    private final Schemas schemas;

    Checks(Cluster cluster, Schemas schemas) {
        this.cluster = cluster;
        this.schemas = schemas;
    }

    /** What the schemas say; asks the server only for schemas that are not known yet. */
    List<Problem> local(String text, List<Kind> kinds) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        for (Merge.Conflict conflict : Merge.conflicts(text)) {
            problems.add(error(text, conflict.span(), Texts.text("manifest.conflictLeft")));
        }
        if (!problems.isEmpty()) {
            return problems;
        }
        for (YamlDocument document : YamlDocument.parse(text)) {
            problems.addAll(document.problems());
            if (document.problems().isEmpty()) {
                check(text, document, kinds, problems);
            } else {
                // Proposals help also while the text is not YAML, if the schema is known.
                schema(document.said("apiVersion", text), document.said("kind", text));
            }
        }
        return problems;
    }

    private void check(String text, YamlDocument document, List<Kind> kinds, List<Problem> problems)
            throws InterruptedException {
        if (!(document.root() instanceof YamlNode.Mapping root)) {
            problems.add(error(text, document.span(), Texts.text("manifest.noObject")));
            return;
        }
        for (String name : List.of("apiVersion", "kind")) {
            if (root.entry(name) == null) {
                problems.add(error(text, first(root), Texts.text("yaml.required", name)));
            }
        }
        Kind kind = Manifest.kind(document.apiVersion(), document.kind(), kinds);
        if (kind == null) {
            if (!document.kind().isEmpty() && !document.apiVersion().isEmpty()) {
                YamlNode.Entry entry = root.entry("kind");
                problems.add(
                        error(
                                text,
                                entry == null ? first(root) : entry.value().span(),
                                Texts.text(
                                        "manifest.noKind",
                                        document.kind(),
                                        document.apiVersion())));
            }
            return;
        }
        FieldSchema schema = schema(document.apiVersion(), document.kind());
        if (schema != null) {
            problems.addAll(Validator.check(text, document, schema));
        }
    }

    private @Nullable FieldSchema schema(String apiVersion, String kind)
            throws InterruptedException {
        try {
            return apiVersion.isEmpty() ? null : schemas.read(apiVersion, kind);
        } catch (IOException e) {
            // The dry run says that the server does not answer.
            return null;
        }
    }

    /** What the server says, which applies every document for show. */
    List<Problem> server(String text, List<Kind> kinds, String usualNamespace)
            throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        for (YamlDocument document : YamlDocument.parse(text)) {
            ObjectNode object = document.object();
            Manifest manifest = object == null ? null : Manifest.of(object, kinds, usualNamespace);
            YamlNode root = document.root();
            if (manifest == null || root == null) {
                continue;
            }
            try {
                // Who owns what is asked when it is applied, not while it is typed.
                cluster.call(manifest.apply(true, true));
            } catch (IOException e) {
                problems.addAll(problems(text, root, Refusal.of(e)));
            }
        }
        return problems;
    }

    /** The causes of a refusal at the fields they are about. */
    static List<Problem> problems(String text, YamlNode root, Refusal refusal) {
        List<Problem> problems = new ArrayList<>();
        for (Refusal.Cause cause : refusal.causes()) {
            if (!cause.field().isEmpty()) {
                problems.add(error(text, place(root, cause.field()), cause.message()));
            }
        }
        if (problems.isEmpty()) {
            problems.add(error(text, first(root), refusal.message()));
        }
        return problems;
    }

    /** Where a field stands, or else the last one above it that is there. */
    static Span place(YamlNode root, String field) {
        Span place = first(root);
        YamlNode node = root;
        for (Object step : FieldPath.steps(field, root)) {
            YamlNode next = node.at(List.of(step));
            if (next == null) {
                break;
            }
            if (node instanceof YamlNode.Mapping mapping
                    && mapping.entry(String.valueOf(step)) instanceof YamlNode.Entry entry) {
                place = entry.keySpan();
            } else {
                place = next.span();
            }
            node = next;
        }
        boolean scalar = node instanceof YamlNode.Scalar && node.span().end() > node.span().start();
        return scalar ? node.span() : place;
    }

    private static Span first(YamlNode root) {
        return root instanceof YamlNode.Mapping mapping && !mapping.entries().isEmpty()
                ? mapping.entries().getFirst().keySpan()
                : root.span();
    }

    private static Problem error(String text, Span span, String message) {
        return Problem.error(text, span, message);
    }
}
