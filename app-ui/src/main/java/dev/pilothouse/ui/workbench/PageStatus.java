package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.cluster.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What the status bar says of a page.
 *
 * @param connection how what is shown stands to the server; null when the page follows nothing
 * @param count how much is shown, in a few words; may be empty
 * @param reached how new it is, in a few words; may be empty
 */
public record PageStatus(@Nullable Connection connection, String count, String reached) {

    /** Of a page that has nothing to say. */
    public static final PageStatus NONE = new PageStatus(null, "", "");
}
