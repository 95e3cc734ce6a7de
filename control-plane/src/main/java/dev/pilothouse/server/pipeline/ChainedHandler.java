package dev.pilothouse.server.pipeline;

import dev.pilothouse.server.request.ApiRequest;

/** A handler that does something around the next one and blocks only if the next one does. */
public abstract class ChainedHandler implements ApiHandler {

    /** The handler behind this one. */
    protected final ApiHandler next;

    /** Stands before {@code next}. */
    protected ChainedHandler(ApiHandler next) {
        this.next = next;
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        return next.mayBlock(request);
    }
}
