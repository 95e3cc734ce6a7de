package dev.pilothouse.ui.launch;

import javafx.application.Application;

/**
 * The application's main class. Not an {@link Application} itself: the JDK's launcher refuses such
 * a main class when JavaFX is on the class path.
 */
public final class Launcher {

    private Launcher() {}

    /** Opens the application; returns when it has ended. */
    public static void main(String[] arguments) {
        Application.launch(FxApp.class, arguments);
    }
}
