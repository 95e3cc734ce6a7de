package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.list.ListSettings;
import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.list.Namespaces;
import dev.pilothouse.ui.logs.Logs;
import dev.pilothouse.ui.manifest.Drafts;
import dev.pilothouse.ui.map.Maps;
import dev.pilothouse.ui.metrics.Metrics;
import dev.pilothouse.ui.overview.Health;
import dev.pilothouse.ui.overview.Overviews;
import dev.pilothouse.ui.requests.RequestsPage;
import dev.pilothouse.ui.rights.Rights;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.terminal.Terminals;
import dev.pilothouse.ui.why.Whys;
import dev.pilothouse.ui.workbench.Screen;
import java.util.ArrayList;
import java.util.List;

/** The screens of the application. A package that brings one adds one line here. */
final class Screens {

    private Screens() {}

    /** In a read-only cluster what would change it is not even offered. */
    static List<Screen> allowed(Access.Marks marks, List<Screen> all) {
        return marks.readOnly()
                ? all.stream().filter(screen -> !screen.changes()).map(Screen::readOnly).toList()
                : all;
    }

    /**
     * All screens, for one window; in this order the navigator offers those that need no object.
     *
     * @param namespaces of the window's cluster
     * @param lists what they remember
     * @param health of the window's cluster
     * @param schemas of the window's cluster
     * @param drafts where unsaved texts are kept
     * @param further screens that the window itself knows how to make
     */
    static List<Screen> all(
            Namespaces namespaces,
            ListSettings lists,
            Health health,
            Schemas schemas,
            Drafts drafts,
            Screen... further) {
        List<Screen> screens = new ArrayList<>();
        screens.add(Lists.screen(namespaces, lists));
        screens.add(Overviews.screen(health));
        screens.add(Maps.screen());
        screens.add(Editors.screen(schemas, drafts));
        screens.add(RequestsPage.screen());
        screens.add(Details.screen());
        screens.add(Whys.screen());
        screens.add(Rights.screen());
        screens.add(Logs.screen());
        screens.add(Terminals.screen());
        screens.add(Metrics.screen());
        screens.addAll(List.of(further));
        return List.copyOf(screens);
    }
}
