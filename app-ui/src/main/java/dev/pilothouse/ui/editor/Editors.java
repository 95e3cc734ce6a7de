package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.manifest.Drafts;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import java.util.List;

/** The screen of editors. */
public final class Editors {

    /** The type of its places. */
    public static final String TYPE = "editor";

    private Editors() {}

    /**
     * The screen: {@code Place.of(TYPE)} is a new object, {@code Place.of(TYPE, kind)} one of that
     * kind, {@code Place.of(TYPE, object)} one that is there.
     *
     * @param schemas of the window's cluster
     * @param drafts where unsaved texts are kept
     */
    public static Screen screen(Schemas schemas, Drafts drafts) {
        EditorParts parts = new EditorParts(schemas, drafts);
        return new Screen(
                TYPE,
                (place, context) -> new EditorPage(place, context, parts),
                List.of(Verb.opening("edit", "e", kind -> true, Editors::of).changing()),
                true);
    }

    /** The editor of an object. */
    public static Place of(ObjectRef object) {
        return Place.of(TYPE, ObjectRef.of(object.kind(), object.namespace(), object.name()));
    }

    /** An editor of a new object of a kind. */
    public static Place create(Kind kind, String namespace) {
        return Place.of(TYPE, kind).with("namespace", namespace);
    }
}
