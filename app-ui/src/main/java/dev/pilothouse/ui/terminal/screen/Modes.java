package dev.pilothouse.ui.terminal.screen;

/** What programs have switched on, as far as it is not the grid's. */
final class Modes {
    boolean cursor = true;
    boolean applicationCursor;
    boolean bracketedPaste;
    boolean newLine;
    String title = "";

    void reset() {
        cursor = true;
        applicationCursor = false;
        bracketedPaste = false;
        newLine = false;
    }
}
