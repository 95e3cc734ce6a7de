package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.i18n.Texts;

/** Names objects for people. */
final class Describe {

    private Describe() {}

    /** Kind, API group and namespace. */
    static String kind(ObjectTable.Selected selected) {
        Kind kind = selected.kind();
        String api = kind.group().isEmpty() ? kind.version() : kind.group() + "/" + kind.version();
        Row row = selected.row();
        return row.namespace().isEmpty()
                ? Texts.text("detail.kind", kind.kind(), api)
                : Texts.text("detail.kindInNamespace", kind.kind(), api, row.namespace());
    }

    /** Kind and name. */
    static String object(ObjectTable.Selected selected) {
        return selected.kind().kind() + " " + selected.row().name();
    }
}
