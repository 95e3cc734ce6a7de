package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.form.Templates;
import dev.pilothouse.ui.manifest.Drafts;
import dev.pilothouse.ui.schema.FieldSchema;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all editors of a window share. JavaFX thread only. */
final class EditorParts {

    private final Schemas schemas;
    private final Drafts drafts;
    private String lastTemplate = "";

    EditorParts(Schemas schemas, Drafts drafts) {
        this.schemas = schemas;
        this.drafts = drafts;
    }

    Schemas schemas() {
        return schemas;
    }

    Drafts drafts() {
        return drafts;
    }

    /** The text that was last put in as a template: nobody has typed it. */
    String lastTemplate() {
        return lastTemplate;
    }

    void lastTemplate(String text) {
        lastTemplate = text;
    }

    /** What a new text begins with. */
    String template(Place place, Context context) {
        Kind kind = kind(place, context);
        lastTemplate =
                kind == null
                        ? ""
                        : Templates.of(
                                kind,
                                place.value("namespace"),
                                schemas.known(kind.apiVersion(), kind.kind()));
        return lastTemplate;
    }

    /** The kind of which a new text begins with an object, null when the cluster has none. */
    @Nullable Kind kind(Place place, Context context) {
        String wanted = place.value("kind").isEmpty() ? "Deployment" : place.value("kind");
        String group = place.value("group");
        return context.kinds().get().stream()
                .filter(kind -> kind.kind().equals(wanted))
                .filter(kind -> place.value("resource").isEmpty() || kind.group().equals(group))
                .findFirst()
                .orElse(null);
    }

    /** The text of a new object of a kind, once its schema has been read. */
    void template(Kind kind, String namespace, Context context, Consumer<String> found) {
        Thread.ofVirtual()
                .name("read-schema")
                .start(() -> {
                    FieldSchema schema = null;
                    try {
                        schema = schemas.read(kind.apiVersion(), kind.kind());
                    } catch (IOException e) {
                        // Without it there is less to begin with.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                    String text = Templates.of(kind, namespace, schema);
                    context.pulse().execute(() -> found.accept(text));
                });
    }

    /** Shows an object. */
    void open(ObjectRef object, Context context) {
        if (!context.actions().run(List.of(object), "detail", Where.TAB)) {
            context.workbench().open(Editors.of(object), Where.TAB);
        }
    }

    /** A time for people. */
    String time(String rfc3339) {
        try {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                    .withZone(ZoneId.systemDefault())
                    .format(Instant.parse(rfc3339));
        } catch (DateTimeParseException e) {
            return rfc3339;
        }
    }
}
