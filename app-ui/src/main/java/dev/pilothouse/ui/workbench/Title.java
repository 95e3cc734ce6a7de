package dev.pilothouse.ui.workbench;

/**
 * What a tab says of its page.
 *
 * @param text a few words, such as the object's name
 * @param hint the whole story, for the tooltip and for screen readers
 * @param icon the style class {@code icon-ICON} draws it; empty for none
 * @param unsaved whether it holds text that is not saved
 */
public record Title(String text, String hint, String icon, boolean unsaved) {

    /** Of a page without text of the user. */
    public static Title of(String text, String hint, String icon) {
        return new Title(text, hint, icon, false);
    }
}
