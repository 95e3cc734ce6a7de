package dev.pilothouse.server.controller.garbage;

import dev.pilothouse.model.meta.OwnerReference;
import java.util.ArrayList;
import java.util.List;

/** The owners of an object by what has become of them. */
final class Owners {

    /** What has become of an owner. */
    enum Fate {
        /** It is there. */
        SOLID,
        /** It is gone, or never was. */
        DANGLING,
        /** It is going away and waits for its dependents to go first. */
        WAITING,
        /** Its kind is not served, so nobody knows. */
        UNKNOWN,
        /**
         * It lives in a namespace, its dependent in none: an error that only whoever made it can
         * mend.
         */
        INVALID
    }

    private final List<OwnerReference> solid = new ArrayList<>();
    private final List<OwnerReference> dangling = new ArrayList<>();
    private final List<OwnerReference> waiting = new ArrayList<>();
    private final List<OwnerReference> unknown = new ArrayList<>();
    private final List<OwnerReference> invalid = new ArrayList<>();

    void add(OwnerReference owner, Fate fate) {
        of(fate).add(owner);
    }

    List<OwnerReference> of(Fate fate) {
        return switch (fate) {
            case SOLID -> solid;
            case DANGLING -> dangling;
            case WAITING -> waiting;
            case UNKNOWN -> unknown;
            case INVALID -> invalid;
        };
    }

    boolean any(Fate fate) {
        return !of(fate).isEmpty();
    }
}
