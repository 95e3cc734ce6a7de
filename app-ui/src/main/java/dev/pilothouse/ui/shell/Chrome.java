package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.fx.EnterKey;
import dev.pilothouse.ui.keys.KeysHelp;
import dev.pilothouse.ui.palette.Palette;
import dev.pilothouse.ui.workbench.Keymap;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** What every window has around its content: the palette and the list of keys. */
final class Chrome {

    private final Palette palette = new Palette();
    private final KeysHelp help;
    private final StackPane root;

    Chrome(Parent content, Keymap keymap, Keys keys) {
        help = new KeysHelp(keymap);
        root = new StackPane(content, palette.view(), help.view());
        root.getStyleClass().add("main");
        root.getProperties().put(Chrome.class, this);
        keys.install(root);
        EnterKey.install(root);
    }

    /** The chrome of the window that shows a node, null when none does. */
    static @Nullable Chrome of(@Nullable Node node) {
        Scene scene = node == null ? null : node.getScene();
        return scene != null
                        && scene.getRoot().getProperties().get(Chrome.class) instanceof Chrome found
                ? found
                : null;
    }

    Parent root() {
        return root;
    }

    Palette palette() {
        return palette;
    }

    KeysHelp help() {
        return help;
    }
}
