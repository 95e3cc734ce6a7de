package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.ApiException;

/** Resource versions as clients write them. */
public final class Revisions {

    private Revisions() {}

    /**
     * Reads a resourceVersion; empty reads as 0.
     *
     * @throws ApiException 400 when it is not a decimal number
     */
    public static long parse(String resourceVersion) {
        if (resourceVersion.isEmpty()) {
            return 0;
        }
        try {
            long revision = Long.parseLong(resourceVersion);
            if (revision >= 0 && Character.isDigit(resourceVersion.charAt(0))) {
                return revision;
            }
        } catch (NumberFormatException _) {
            // falls through to the answer below
        }
        throw ApiException.badRequest(
                "resourceVersion: Invalid value: \""
                        + resourceVersion
                        + "\": strconv.ParseUint: parsing \""
                        + resourceVersion
                        + "\": invalid syntax");
    }
}
