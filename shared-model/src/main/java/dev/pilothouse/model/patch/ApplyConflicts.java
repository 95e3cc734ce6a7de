package dev.pilothouse.model.patch;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusCause;
import dev.pilothouse.model.meta.StatusReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Fields an apply would change that belong to others. Messages follow apimachinery
 * managedfields/internal/conflict.go.
 */
final class ApplyConflicts {

    private record Conflict(ManagedEntry owner, FieldSet fields) {}

    private final List<Conflict> conflicts = new ArrayList<>();

    void add(ManagedEntry owner, FieldSet fields) {
        if (!fields.isEmpty()) {
            conflicts.add(new Conflict(owner, fields));
        }
    }

    boolean isEmpty() {
        return conflicts.isEmpty();
    }

    /** The conflicts about other fields than these. */
    ApplyConflicts without(FieldSet allowed) {
        ApplyConflicts rest = new ApplyConflicts();
        for (Conflict conflict : conflicts) {
            rest.add(conflict.owner, conflict.fields.difference(allowed));
        }
        return rest;
    }

    ApiException error() {
        List<Conflict> sorted = new ArrayList<>(conflicts);
        sorted.sort(
                Comparator.comparing((Conflict conflict) -> conflict.owner.manager())
                        .thenComparing(conflict -> conflict.owner.operation())
                        .thenComparing(conflict -> conflict.owner.apiVersion())
                        .thenComparing(conflict -> conflict.owner.subresource()));
        List<StatusCause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Conflict conflict : sorted) {
            lines.add("conflicts with " + conflict.owner + ":");
            for (String path : conflict.fields.paths()) {
                lines.add("- " + path);
                causes.add(
                        new StatusCause(
                                "FieldManagerConflict", "conflict with " + conflict.owner, path));
            }
        }
        String message =
                causes.size() == 1
                        ? "Apply failed with 1 conflict: "
                                + causes.getFirst().message()
                                + ": "
                                + causes.getFirst().field()
                        : "Apply failed with "
                                + causes.size()
                                + " conflicts: "
                                + String.join("\n", lines);
        return new ApiException(
                Status.failure(
                        StatusReason.CONFLICT,
                        message,
                        new Status.Details("", "", "", "", causes, 0)));
    }
}
