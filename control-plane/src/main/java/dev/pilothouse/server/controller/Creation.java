package dev.pilothouse.server.controller;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;

/** What refusals to create an object in a namespace mean. */
public final class Creation {

    private Creation() {}

    /**
     * Whether another attempt is of no use: the object exists, or its namespace is gone or going.
     */
    public static boolean isSettled(ApiException e) {
        return switch (e.reason()) {
            case ALREADY_EXISTS, NOT_FOUND -> true;
            default -> isInTerminatingNamespace(e);
        };
    }

    /** Whether the namespace of the object is going. */
    public static boolean isInTerminatingNamespace(ApiException e) {
        Status.Details details = e.status().details();
        return e.reason() == StatusReason.FORBIDDEN
                && details != null
                && details.causes().stream()
                        .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }
}
