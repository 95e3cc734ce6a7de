package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.store.Export;
import dev.pilothouse.ui.logs.store.LogView;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Writes what is shown to a file, with progress and a way out. JavaFX thread. */
final class LogExport extends HBox {

    private final Executor pulse;
    private final Label label = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final Button cancel = new Button(Texts.text("logs.export.cancel"));
    private AtomicBoolean cancelled = new AtomicBoolean();
    private boolean running;

    LogExport(Executor pulse) {
        super(8);
        this.pulse = pulse;
        getStyleClass().add("log-export");
        progress.setAccessibleText(Texts.text("logs.export"));
        cancel.setOnAction(_ -> {
            if (running) {
                cancelled.set(true);
            } else {
                setVisible(false);
            }
        });
        getChildren().addAll(label, progress, cancel);
        setVisible(false);
        managedProperty().bind(visibleProperty());
    }

    void ask(@Nullable Window window, LogView view, String name, IntFunction<String> names) {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.text("logs.export"));
        chooser.setInitialFileName(name + ".log");
        File file = chooser.showSaveDialog(window);
        if (file != null) {
            write(view, file.toPath(), names);
        }
    }

    void write(LogView view, Path file, IntFunction<String> names) {
        cancelled = new AtomicBoolean();
        AtomicBoolean stop = cancelled;
        running = true;
        int size = Math.max(1, view.size());
        setVisible(true);
        progress.setVisible(true);
        cancel.setText(Texts.text("logs.export.cancel"));
        label.setText(Texts.text("logs.export.running", file.getFileName()));
        Thread.ofPlatform()
                .daemon()
                .name("logs-export")
                .start(() -> {
                    String end;
                    try {
                        int count =
                                Export.write(
                                        view,
                                        file,
                                        names,
                                        done -> progress((double) done / size),
                                        stop::get);
                        end =
                                count < 0
                                        ? Texts.text("logs.export.cancelled")
                                        : Texts.text("logs.export.done", count, file);
                    } catch (IOException | IllegalStateException e) {
                        end =
                                Texts.text(
                                        "logs.export.failed", file, String.valueOf(e.getMessage()));
                    }
                    String said = end;
                    pulse.execute(() -> ended(said));
                });
    }

    private void progress(double share) {
        pulse.execute(() -> progress.setProgress(share));
    }

    private void ended(String said) {
        running = false;
        label.setText(said);
        progress.setVisible(false);
        cancel.setText(Texts.text("notice.close"));
    }
}
