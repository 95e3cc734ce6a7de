package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.yaml.LongValues;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
            } else {
                texts.add(text(file));
            }
        }
        return texts;
    }

    private static String text(File file) throws IOException {
        if (file.length() > LARGEST) {
            throw new IOException(
                    Texts.text("editor.fileTooLarge", file.getName(), LARGEST / 1_048_576));
        }
        String text;
        try {
            text = Files.readString(file.toPath());
        } catch (CharacterCodingException e) {
            throw new IOException(Texts.text("editor.fileNoText", file.getName()), e);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw new IOException(Texts.text("editor.fileGone", file.getName()), e);
        }
        String tamed = LongValues.tamed(text.replace("\r\n", "\n").stripTrailing() + "\n");
        if (tamed == null || tamed.indexOf('\0') >= 0) {
            throw new IOException(
                    Texts.text(
                            tamed == null ? "editor.fileLongLine" : "editor.fileNoText",
                            file.getName()));
        }
        return tamed;
    }

    /** Asks for files. */
    static void choose(
            @Nullable Window owner, Consumer<List<String>> taken, Consumer<String> failed) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Texts.text("editor.openFiles"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter("YAML, JSON", "*.yaml", "*.yml", "*.json"));
        List<File> files = chooser.showOpenMultipleDialog(owner);
        if (files != null) {
            try {
                taken.accept(texts(files));
            } catch (IOException e) {
                failed.accept(Texts.text("editor.noFile", String.valueOf(e.getMessage())));
            }
        }
    }
}
