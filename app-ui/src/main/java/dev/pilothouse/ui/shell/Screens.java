package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.keys.Binding;
import dev.pilothouse.ui.keys.KeysPage;
import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.list.Namespaces;
import dev.pilothouse.ui.requests.RequestsPage;
import dev.pilothouse.ui.workbench.Keymap;
import dev.pilothouse.ui.workbench.Screen;
import java.util.List;
import java.util.function.Supplier;

/** The screens of the application. A package that brings one adds one line here. */
final class Screens {

    private Screens() {}

    /**
     * All screens, for one window.
     *
     * @param namespaces of the window's cluster
     * @param keymap which keys do what
     * @param bindings all that keys can do
     * @param keysChanged is run when the user has chosen other keys
     */
    static List<Screen> all(
            Namespaces namespaces,
            Keymap keymap,
            Supplier<List<Binding>> bindings,
            Runnable keysChanged) {
        return List.of(
                Lists.screen(namespaces),
                RequestsPage.screen(),
                KeysPage.screen(keymap, bindings, keysChanged));
    }
}
