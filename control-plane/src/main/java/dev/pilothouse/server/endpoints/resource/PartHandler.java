package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.request.ApiResponse;

/** A subresource that shows the whole object and changes a part of it. */
final class PartHandler implements SubresourceHandler {

    private final VerbHandler get;
    private final VerbHandler update;
    private final VerbHandler patch;

    PartHandler(VerbHandler get, VerbHandler update, VerbHandler patch) {
        this.get = get;
        this.update = update;
        this.patch = patch;
    }

    @Override
    public ApiResponse handle(ResourceCall call) {
        return switch (call.info().verb()) {
            case "get" -> get.handle(call);
            case "update" -> update.handle(call);
            case "patch" -> patch.handle(call);
            default -> throw call.methodNotAllowed();
        };
    }
}
