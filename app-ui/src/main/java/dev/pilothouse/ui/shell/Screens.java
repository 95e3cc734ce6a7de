package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.list.Namespaces;
import dev.pilothouse.ui.workbench.Screen;
import java.util.List;

/** The screens of the application. A package that brings one adds one line here. */
final class Screens {

    private Screens() {}

    /**
     * All screens, for one window.
     *
     * @param namespaces of the window's cluster
     */
    static List<Screen> all(Namespaces namespaces) {
        return List.of(Lists.screen(namespaces));
    }
}
