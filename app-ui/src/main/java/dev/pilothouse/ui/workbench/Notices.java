package dev.pilothouse.ui.workbench;

/** Sentences that the window shows to the user. JavaFX thread. */
public interface Notices {

    /** Says what was done; goes by itself. */
    void done(String sentence);

    /** Says what went wrong and what to do; stays until dismissed. */
    void failed(String sentence);

    /**
     * Says what was done and offers a way back.
     *
     * @param label of the button, such as "Undo"
     */
    void done(String sentence, String label, Runnable action);
}
