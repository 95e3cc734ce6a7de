package dev.pilothouse.ui.detail;

import dev.pilothouse.model.codec.YamlWriter;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import tools.jackson.databind.node.ObjectNode;

/** Puts objects on the clipboard. JavaFX thread only. */
public final class Copies {

    private Copies() {}

    /** A text. */
    public static void text(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** The YAML of an object, as soon as it has been read. */
    public static void yaml(ObjectRef object, Context context) {
        Thread.ofVirtual()
                .name("read-object")
                .start(() -> {
                    try {
                        ObjectNode read =
                                context.cluster()
                                        .object(object.kind(), object.namespace(), object.name());
                        String yaml = yaml(read, false);
                        context.pulse().execute(() -> text(yaml));
                    } catch (IOException e) {
                        String reason = String.valueOf(e.getMessage());
                        context.pulse()
                                .execute(() ->
                                        context.notices()
                                                .failed(
                                                        Texts.text(
                                                                "action.failed",
                                                                object.name(),
                                                                reason)));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** The YAML of an object, with or without who manages its fields. */
    static String yaml(ObjectNode object, boolean managed) {
        ObjectNode shown = object;
        if (!managed) {
            shown = shown.deepCopy();
            if (shown.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
        }
        return new String(YamlWriter.write(shown), StandardCharsets.UTF_8);
    }
}
