package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Action;
import dev.pilothouse.ui.action.Actions;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.keys.Binding;
import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.palette.Entry;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Keymap;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import dev.pilothouse.ui.workbench.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.MenuItem;

/** What the palette and the list of keys have to offer. JavaFX thread only. */
final class Offers {

    // What is closest to what the user does comes first among what fits equally well.
    private static final int VERB = 40;
    private static final int COMMAND = 10;
    private static final int SCREEN = 25;
    private static final int KIND = 30;

    private final Context context;
    private final List<Screen> screens;
    private final Keymap keymap;

    Offers(Context context, List<Screen> screens, Keymap keymap) {
        this.context = context;
        this.screens = screens;
        this.keymap = keymap;
    }

    /** What the palette offers before any object is found. */
    List<Entry> entries(List<Command> commands) {
        List<Entry> entries = new ArrayList<>(verbs());
        for (Screen screen : screens) {
            if (screen.standing()) {
                String title = Texts.text("screen." + screen.type());
                entries.add(
                        new Entry(
                                Texts.text("palette.screen"),
                                title,
                                "",
                                "",
                                SCREEN,
                                where ->
                                        context.workbench()
                                                .open(Place.of(screen.type()), apart(where))));
            }
        }
        for (Kind kind : context.kinds().get()) {
            entries.add(
                    new Entry(
                            Texts.text("palette.kind"),
                            kind.kind(),
                            kind.group().isEmpty() ? kind.resource() : kind.group(),
                            "",
                            KIND,
                            where -> context.workbench().open(Lists.of(kind), where)));
        }
        for (Command command : commands) {
            entries.add(
                    new Entry(
                            Texts.text("palette.command"),
                            Texts.text("command." + command.id()),
                            "",
                            keymap.text(command.id(), command.keys()),
                            COMMAND,
                            where -> command.run().run()));
        }
        return entries;
    }

    private static Where apart(Where where) {
        return where == Where.HERE ? Where.TAB : where;
    }

    /** What can be done to what is selected: the items of its menu. */
    private List<Entry> verbs() {
        Page page = context.workbench().current().get();
        List<ObjectRef> selected = page == null ? List.of() : page.selection();
        if (selected.isEmpty()) {
            return List.of();
        }
        String name =
                selected.size() == 1
                        ? selected.getFirst().name()
                        : Texts.text("palette.several", selected.size());
        List<Entry> entries = new ArrayList<>();
        for (MenuItem item : context.actions().menu(selected)) {
            if (item.getText() != null) {
                entries.add(
                        new Entry(
                                Texts.text("palette.action"),
                                item.getText(),
                                name,
                                "",
                                VERB,
                                where -> item.fire()));
            }
        }
        return entries;
    }

    /** All that keys can do: in the page, in the window, to objects. */
    List<Binding> bindings(List<Command> ofPage, List<Command> ofWindow) {
        Map<String, Binding> bindings = new LinkedHashMap<>();
        add(bindings, Texts.text("keys.page"), ofPage);
        add(bindings, Texts.text("keys.window"), ofWindow);
        for (Screen screen : screens) {
            for (Verb verb : screen.verbs()) {
                put(bindings, "verb." + verb.id(), verb.key());
            }
        }
        for (Action action : Actions.ALL) {
            put(bindings, "action." + action.id(), action.key());
        }
        return List.copyOf(bindings.values());
    }

    private static void add(Map<String, Binding> to, String group, List<Command> commands) {
        for (Command command : commands) {
            to.putIfAbsent(
                    command.id(),
                    new Binding(
                            group,
                            command.id(),
                            Texts.text("command." + command.id()),
                            command.keys()));
        }
    }

    private static void put(Map<String, Binding> to, String id, String usual) {
        to.putIfAbsent(id, new Binding(Texts.text("keys.objects"), id, Texts.text(id), usual));
    }
}
