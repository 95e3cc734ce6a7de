package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.fx.EnterKey;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.theme.Theme;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** What dialogs have in common: look, size, names of their buttons. JavaFX thread only. */
final class Dialogs {

    private static final double WIDTH = 460;

    private Dialogs() {}

    /**
     * A dialog with one button that does it and one that does not.
     *
     * @param id of the pane; buttons are {@code ID-yes} and {@code ID-no}
     * @param header one line that says what to what
     * @param yes the text of the button that does it
     */
    static Dialog<ButtonType> of(
            String id, String header, Node content, String yes, @Nullable Window owner) {
        ButtonType accept = new ButtonType(yes, ButtonBar.ButtonData.OK_DONE);
        ButtonType cancel =
                new ButtonType(Texts.text("dialog.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner);
        dialog.setTitle(yes);
        dialog.setHeaderText(header);
        DialogPane pane = dialog.getDialogPane();
        pane.getButtonTypes().setAll(accept, cancel);
        pane.setId(id);
        EnterKey.install(pane);
        // Lists keep Esc to themselves, for the editing of cells, which there is none of here.
        pane.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE
                            && event.getTarget() instanceof ListView<?>
                            && pane.lookupButton(cancel) instanceof Button button) {
                        button.fire();
                        event.consume();
                    }
                });
        pane.setContent(content);
        pane.setMinHeight(Region.USE_PREF_SIZE);
        pane.setPrefWidth(WIDTH);
        pane.getStylesheets().setAll(Theme.sheets());
        name(pane, accept, id + "-yes");
        name(pane, cancel, id + "-no");
        return dialog;
    }

    /** The button that does it. */
    static Button accept(Dialog<ButtonType> dialog) {
        DialogPane pane = dialog.getDialogPane();
        return (Button) pane.lookupButton(pane.getButtonTypes().getFirst());
    }

    /** Whether the answer is to do it. */
    static boolean isYes(@Nullable ButtonType answer) {
        return answer != null && answer.getButtonData() == ButtonBar.ButtonData.OK_DONE;
    }

    private static void name(DialogPane pane, ButtonType type, String id) {
        if (pane.lookupButton(type) instanceof Button button) {
            button.setId(id);
            button.setAccessibleText(type.getText());
        }
    }
}
