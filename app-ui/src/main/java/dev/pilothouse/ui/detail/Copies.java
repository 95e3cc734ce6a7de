package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.yaml.LongValues;
import tools.jackson.databind.node.ObjectNode;

/** Puts objects on the clipboard. JavaFX thread only. */
public final class Copies {

    private Copies() {}

    /** The YAML of an object, as soon as it has been read. */
    public static void yaml(ObjectRef object, Context context) {
        context.background(
                "read-object",
                () -> {
                    ObjectNode read =
                            context.cluster()
                                    .object(object.kind(), object.namespace(), object.name());
                    String yaml = yaml(read, false);
                    context.pulse().execute(() -> Clip.text(yaml));
                },
                reason -> Texts.text("action.failed", object.name(), reason));
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
        return LongValues.write(shown);
    }
}
