package dev.pilothouse.server.controller;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;

/** What refusals to create an object in a namespace mean. */
public final class Creation {

    private Creation() {}

    /**
     * Whether another attempt is of no use: the object exists, or its namespace is gone or going.
     */
    public static boolean isSettled(ApiException e) {
        return switch (e.reason()) {
            case ALREADY_EXISTS, NOT_FOUND -> true;
            case FORBIDDEN -> {
                Status.Details details = e.status().details();
                yield details != null
                        && details.causes().stream()
                                .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
            }
            default -> false;
        };
    }
}
