package dev.pilothouse.ui.launch;

import dev.pilothouse.server.cli.Main;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javafx.application.Application;

/**
 * The application's main class. Not an {@link Application} itself: the JDK's launcher refuses such
 * a main class when JavaFX is on the class path.
 */
public final class Launcher {

    private Launcher() {}

    /**
     * Opens the application; returns when it has ended. With a command, such as {@code serve}, runs
     * that instead, and without a display the server alone.
     */
    public static void main(String[] arguments) {
        boolean check = arguments.length > 0 && arguments[0].equals(SelfCheck.OPTION);
        if (arguments.length > 0 && !check) {
            Main.main(arguments);
        } else if (!check && !hasDisplay(System.getProperty("os.name", ""), System.getenv())) {
            System.err.println(
                    "pilothouse: there is no display; running the server without a window"
                            + " (serve).");
            Main.main(new String[] {"serve"});
        } else {
            CompletableFuture<Session> cluster = FirstStart.session();
            try {
                Application.launch(FxApp.class, arguments);
            } catch (RuntimeException e) {
                // Without a window nobody would end it.
                var _ = cluster.thenAccept(Session::close);
                throw e;
            }
        }
    }

    /** Only on Linux can there be none. */
    static boolean hasDisplay(String system, Map<String, String> environment) {
        return !system.equals("Linux")
                || !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    }
}
