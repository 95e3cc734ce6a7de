package dev.pilothouse.model.schema;

/** How server-side apply treats a list: {@code x-kubernetes-list-type}. */
public enum ListType {
    /** Replaced as a whole; the default. */
    ATOMIC,
    /** Unordered distinct scalars. */
    SET,
    /** Elements identified by key fields. */
    MAP
}
