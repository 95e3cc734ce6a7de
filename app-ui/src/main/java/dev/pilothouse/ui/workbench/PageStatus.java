package dev.pilothouse.ui.workbench;

/**
 * What the status bar says of a page.
 *
 * @param count how much is shown, in a few words; may be empty
 * @param reached how new it is, in a few words; may be empty
 */
public record PageStatus(String count, String reached) {

    /** Of a page that has nothing to say. */
    public static final PageStatus NONE = new PageStatus("", "");
}
