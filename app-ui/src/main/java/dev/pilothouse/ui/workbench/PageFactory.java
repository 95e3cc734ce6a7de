package dev.pilothouse.ui.workbench;

/** Makes the pages of a screen. JavaFX thread. */
@FunctionalInterface
public interface PageFactory {

    /**
     * The page of a place, in the state that the place says. Opens no stream yet.
     *
     * @throws IllegalArgumentException when the place lacks what the page needs
     */
    Page page(Place place, Context context);
}
