package dev.pilothouse.ui.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/** Runs work on the JavaFX thread; the only place that does. */
public final class FxHop implements Executor {

    /** Stateless. */
    public FxHop() {}

    @Override
    public void execute(Runnable work) {
        Platform.runLater(work);
    }
}
