package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.keys.Binding;
import dev.pilothouse.ui.keys.KeysPage;
import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.list.Namespaces;
import dev.pilothouse.ui.manifest.Drafts;
import dev.pilothouse.ui.map.Maps;
import dev.pilothouse.ui.overview.Overviews;
import dev.pilothouse.ui.requests.RequestsPage;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.why.Whys;
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
     * @param schemas of the window's cluster
     * @param drafts where unsaved texts are kept
     */
    static List<Screen> all(
            Namespaces namespaces,
            Keymap keymap,
            Supplier<List<Binding>> bindings,
            Runnable keysChanged,
            Schemas schemas,
            Drafts drafts) {
        return List.of(
                Lists.screen(namespaces),
                RequestsPage.screen(),
                Details.screen(),
                Editors.screen(schemas, drafts),
                Maps.screen(),
                Overviews.screen(),
                Whys.screen(),
                KeysPage.screen(keymap, bindings, keysChanged));
    }
}
