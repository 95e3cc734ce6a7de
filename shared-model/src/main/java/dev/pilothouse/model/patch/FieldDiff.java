package dev.pilothouse.model.patch;

/**
 * What differs between two values.
 *
 * @param changed paths that were added or have another value
 * @param removed paths that are gone
 */
record FieldDiff(FieldSet changed, FieldSet removed) {

    static final FieldDiff NONE = new FieldDiff(FieldSet.empty(), FieldSet.empty());
    static final FieldDiff CHANGED = new FieldDiff(FieldSet.leaf(), FieldSet.empty());
    static final FieldDiff REMOVED = new FieldDiff(FieldSet.empty(), FieldSet.leaf());

    boolean isEmpty() {
        return changed.isEmpty() && removed.isEmpty();
    }

    /** Collects one level. */
    static final class Builder {
        private final FieldSet.Builder changed = new FieldSet.Builder();
        private final FieldSet.Builder removed = new FieldSet.Builder();

        void add(PathElement name, FieldDiff diff) {
            changed.add(name, diff.changed);
            removed.add(name, diff.removed);
        }

        void changedSelf() {
            changed.addSelf();
        }

        void removedSelf() {
            removed.addSelf();
        }

        FieldDiff build() {
            FieldSet changes = changed.build();
            FieldSet removals = removed.build();
            return changes.isEmpty() && removals.isEmpty()
                    ? NONE
                    : new FieldDiff(changes, removals);
        }
    }
}
