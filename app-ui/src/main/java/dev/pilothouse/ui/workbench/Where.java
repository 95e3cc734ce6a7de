package dev.pilothouse.ui.workbench;

/** Where a page is opened. */
public enum Where {
    /** In place of the selected page if that is of the same screen, else in a new tab. */
    HERE,
    /** In a new tab, selected; a page that is open already is selected instead. */
    TAB,
    /** In a new tab that is not selected. */
    BACKGROUND,
    /** To the right of the selected page. */
    SPLIT_RIGHT,
    /** Below the selected page. */
    SPLIT_DOWN,
    /** In a window of its own. */
    WINDOW
}
