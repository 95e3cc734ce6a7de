package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Keymap;
import dev.pilothouse.ui.workbench.ObjectActions;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import dev.pilothouse.ui.workbench.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The verbs of all screens, the actions and deletion, as one menu. JavaFX thread only. */
final class AllActions implements ObjectActions {

    private final List<Screen> screens;
    private final Keymap keymap;
    private final ActionController actions;
    private final ConfirmDialog confirm;
    private final DeleteDialog delete;
    private final Supplier<@Nullable Window> owner;
    private final Supplier<Context> context;

    AllActions(
            List<Screen> screens,
            Keymap keymap,
            ActionController actions,
            ConfirmDialog confirm,
            DeleteDialog delete,
            Supplier<@Nullable Window> owner,
            Supplier<Context> context) {
        this.screens = screens;
        this.keymap = keymap;
        this.actions = actions;
        this.confirm = confirm;
        this.delete = delete;
        this.owner = owner;
        this.context = context;
    }

    @Override
    public List<MenuItem> menu(List<ObjectRef> objects) {
        List<MenuItem> items = new ArrayList<>();
        for (Verb verb : verbs(objects)) {
            items.add(
                    item(
                            "verb." + verb.id(),
                            "verb-" + verb.id(),
                            () -> {
                                verb.run().run(objects, Where.TAB, context.get());
                            }));
        }
        if (isReadOnly()) {
            return items;
        }
        if (objects.size() == 1) {
            ObjectRef object = objects.getFirst();
            List<String> offered = ActionController.offered(object);
            separate(items, !offered.isEmpty());
            for (String id : offered) {
                items.add(item("action." + id, "action-" + id, () -> actions.run(objects, id)));
            }
        }
        if (objects.size() > 1) {
            List<String> offered = ActionController.offeredToMany(objects.getFirst());
            separate(items, !offered.isEmpty());
            for (String id : offered) {
                items.add(item("action." + id, "action-" + id, () -> actions.run(objects, id)));
            }
        }
        separate(items, true);
        items.add(item("menu.delete", "action-delete", () -> delete(objects)));
        return items;
    }

    private static void separate(List<MenuItem> items, boolean more) {
        if (more && !items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
    }

    private static MenuItem item(String text, String id, Runnable action) {
        MenuItem item = new MenuItem(Texts.text(text));
        item.setId(id);
        item.setOnAction(event -> action.run());
        return item;
    }

    @Override
    public boolean key(List<ObjectRef> objects, String character) {
        for (Verb verb : verbs(objects)) {
            if (keymap.keys("verb." + verb.id(), verb.key()).equals(character)) {
                verb.run().run(objects, Where.TAB, context.get());
                return true;
            }
        }
        return objects.size() == 1
                && !isReadOnly()
                && actions.key(objects.getFirst(), keymap, character);
    }

    @Override
    public boolean run(List<ObjectRef> objects, String id, Where where) {
        for (Verb verb : verbs(objects)) {
            if (verb.id().equals(id)) {
                verb.run().run(objects, where, context.get());
                return true;
            }
        }
        if (objects.size() == 1
                && !isReadOnly()
                && ActionController.offered(objects.getFirst()).contains(id)) {
            actions.run(objects, id);
            return true;
        }
        return false;
    }

    @Override
    public void confirm(String id, List<ObjectRef> objects, Runnable yes) {
        if (context.get().cluster().marks().guarded()) {
            confirm.ask(id, objects, owner.get(), yes);
        } else {
            yes.run();
        }
    }

    @Override
    public void delete(List<ObjectRef> objects) {
        if (!objects.isEmpty() && !isReadOnly()) {
            delete.ask(objects, owner.get());
        }
    }

    /** In a read-only cluster what would change it is not even offered. */
    private boolean isReadOnly() {
        return context.get().cluster().marks().readOnly();
    }

    /** The verbs that can be done to these objects. */
    private List<Verb> verbs(List<ObjectRef> objects) {
        return objects.isEmpty()
                ? List.of()
                : screens.stream()
                        .flatMap(screen -> screen.verbs().stream())
                        .filter(verb -> verb.isFor().test(objects.getFirst().kind()))
                        .filter(verb -> verb.many() || objects.size() == 1)
                        .toList();
    }
}
