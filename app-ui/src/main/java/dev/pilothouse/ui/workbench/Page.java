package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;

/**
 * What a tab shows. Made by a {@link PageFactory}; all methods are called on the JavaFX thread, in
 * the order: {@link #view()}, then {@link #shown()} and {@link #hidden()} in turn, at last {@link
 * #close()} once.
 */
public interface Page {

    /** What the tab says; changes are shown at once. */
    ObservableValue<Title> title();

    /** The node to show, always the same one. */
    Parent view();

    /**
     * Where it can be found again, with its state as it is now (filter, scroll position, choices).
     * Asked when the user goes elsewhere and when the session is written down.
     */
    Place place();

    /** Takes the keyboard: focuses the control that the user most likely wants. */
    default void focus() {
        view().requestFocus();
    }

    /** It is visible now: streams may be opened. */
    default void shown() {}

    /** It is no longer visible: streams are closed, what is shown may be kept. */
    default void hidden() {}

    /** It is gone: everything it holds is let go. {@link #hidden()} was called before. */
    default void close() {}

    /**
     * The user wants it closed. A page with unsaved text asks first, and runs {@code yes} when it
     * may go; others run it at once. Never blocks.
     */
    default void mayClose(Runnable yes) {
        yes.run();
    }

    /**
     * Turns into the page of another place of its screen, as a browser's tab does; its title and
     * place change.
     *
     * @return false when it cannot, and is to be replaced by a new page
     */
    default boolean goTo(Place place) {
        return false;
    }

    /**
     * Gives the keyboard to the next of the regions that the page has of its own, such as a form
     * beside a text, or with -1 to the one before.
     *
     * @return false when the page has no other in this direction
     */
    default boolean turn(int steps) {
        return false;
    }

    /** The objects that verbs are done to now: the selected rows, or what the page is about. */
    default List<ObjectRef> selection() {
        return List.of();
    }

    /** What the status bar says of it. */
    default ObservableValue<PageStatus> status() {
        return new SimpleObjectProperty<>(PageStatus.NONE);
    }

    /**
     * What can be done in it, besides the verbs of objects: shown by {@code ?} and in the palette
     * while the page has the keyboard; their keys work while it has.
     */
    default List<Command> commands() {
        return List.of();
    }
}
