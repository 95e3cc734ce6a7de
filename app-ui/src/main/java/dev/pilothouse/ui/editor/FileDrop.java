package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.i18n.Texts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Takes files that are dropped, and asks for files. JavaFX thread only. */
final class FileDrop {

    /** Larger files are no manifests. */
    private static final long LARGEST = 8 << 20;

    private final Consumer<List<String>> taken;
    private final Consumer<String> failed;

    FileDrop(Node target, Consumer<List<String>> taken, Consumer<String> failed) {
        this.taken = taken;
        this.failed = failed;
        target.addEventFilter(
                DragEvent.DRAG_OVER,
                event -> {
                    if (event.getDragboard().hasFiles()) {
                        event.acceptTransferModes(TransferMode.COPY);
                        event.consume();
                    }
                });
        target.addEventFilter(
                DragEvent.DRAG_DROPPED,
                event -> {
                    if (event.getDragboard().hasFiles()) {
                        read(event.getDragboard().getFiles());
                        event.setDropCompleted(true);
                        event.consume();
                    }
                });
    }

    private void read(List<File> files) {
        try {
            List<String> texts = texts(files);
            if (!texts.isEmpty()) {
                taken.accept(texts);
            }
        } catch (IOException e) {
            failed.accept(Texts.text("editor.noFile", String.valueOf(e.getMessage())));
        }
    }

    /** The texts of files, those of folders included. */
    static List<String> texts(List<File> files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (File file : files) {
            File[] inside = file.listFiles((folder, name) -> name.matches("(?i).*\\.(ya?ml|json)"));
            if (inside != null) {
                texts.addAll(texts(List.of(inside)));
            } else if (file.length() > LARGEST) {
                throw new IOException(file.getName());
            } else {
                texts.add(
                        Files.readString(file.toPath()).replace("\r\n", "\n").stripTrailing()
                                + "\n");
            }
        }
        return texts;
    }

    /** Asks for files. */
    static void choose(@Nullable Window owner, Consumer<List<String>> taken) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Texts.text("editor.openFiles"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter("YAML, JSON", "*.yaml", "*.yml", "*.json"));
        List<File> files = chooser.showOpenMultipleDialog(owner);
        if (files != null) {
            try {
                taken.accept(texts(files));
            } catch (IOException e) {
                // The chooser only offers what can be read; a file may still vanish.
                taken.accept(List.of("# " + e.getMessage() + "\n"));
            }
        }
    }
}
