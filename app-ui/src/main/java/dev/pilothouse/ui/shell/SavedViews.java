package dev.pilothouse.ui.shell;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.settings.Settings;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Keymap;
import dev.pilothouse.ui.workbench.Notices;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Where;
import dev.pilothouse.ui.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pages that the user has given a name, with the namespaces, filters and columns they had; the
 * first nine have keys. JavaFX thread only.
 */
final class SavedViews {

    private static final int KEYS = 9;

    private final Settings settings;
    private final String section;
    private final Workbench workbench;
    private final Notices notices;
    private final Keymap keymap;
    private final Consumer<List<NavigatorItem.View>> changed;
    private final List<View> views = new ArrayList<>();

    /** A page under a name. */
    private record View(String name, Place place) {}

    /**
     * Those of a cluster.
     *
     * @param changed is told the views there are, now and whenever they are others
     */
    SavedViews(
            Settings settings,
            String cluster,
            Workbench workbench,
            Notices notices,
            Keymap keymap,
            Consumer<List<NavigatorItem.View>> changed) {
        this.settings = settings;
        this.section = "views:" + cluster;
        this.workbench = workbench;
        this.notices = notices;
        this.keymap = keymap;
        this.changed = changed;
        for (ObjectNode view : Json.objects(settings.section(section), "views")) {
            views.add(new View(Json.text(view, "name"), Place.fromJson(view.path("place"))));
        }
        tell();
    }

    /** To save what is seen, and to open what was saved. */
    List<Command> commands(@Nullable Window owner) {
        List<Command> commands = new ArrayList<>();
        commands.add(new Command("saveView", "Shortcut+Shift+S", () -> ask(owner)));
        for (int i = 0; i < Math.min(KEYS, views.size()); i++) {
            int at = i;
            commands.add(new Command("view" + (i + 1), keys(i), () -> open(at)));
        }
        return commands;
    }

    private static String keys(int at) {
        return "Shortcut+DIGIT" + (at + 1);
    }

    /** Opens the view of a place in the list. */
    void open(int at) {
        if (at < views.size()) {
            workbench.open(views.get(at).place(), Where.HERE);
        }
    }

    /** Forgets a view; that can be undone. */
    void remove(int at) {
        if (at >= views.size()) {
            return;
        }
        View gone = views.remove(at);
        keep();
        notices.done(
                Texts.text("views.removed", gone.name()),
                Texts.text("views.undo"),
                () -> {
                    views.add(Math.min(at, views.size()), gone);
                    keep();
                });
    }

    private void ask(@Nullable Window owner) {
        Page page = workbench.current().get();
        if (page == null) {
            return;
        }
        TextField name = new TextField(page.title().getValue().text());
        name.setId("view-name");
        name.setAccessibleText(Texts.text("views.name"));
        Label label = new Label(Texts.text("views.name"));
        label.setLabelFor(name);
        Dialog<ButtonType> dialog =
                Dialogs.of(
                        "view-dialog",
                        Texts.text("views.header"),
                        new VBox(6, label, name),
                        Texts.text("views.save"),
                        owner);
        Dialogs.accept(dialog).disableProperty().bind(name.textProperty().map(String::isBlank));
        Place place = page.place();
        dialog.setOnShown(event -> {
            name.requestFocus();
            name.selectAll();
        });
        dialog.setOnHidden(event -> {
            if (Dialogs.isYes(dialog.getResult())) {
                save(name.getText().strip(), place);
            }
        });
        dialog.show();
    }

    /** A view of the same name is replaced. */
    private void save(String name, Place place) {
        View view = new View(name, place);
        int at = views.stream().map(View::name).toList().indexOf(name);
        if (at < 0) {
            at = views.size();
            views.add(view);
        } else {
            views.set(at, view);
        }
        keep();
        notices.done(Texts.text("views.saved", name, hint(at)));
    }

    private String hint(int at) {
        return at < KEYS ? keymap.text("view" + (at + 1), keys(at)) : "";
    }

    private void keep() {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("views");
        for (View view : views) {
            all.addObject().put("name", view.name()).set("place", view.place().toJson());
        }
        settings.put(section, json);
        tell();
    }

    private void tell() {
        List<NavigatorItem.View> items = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            items.add(new NavigatorItem.View(i, views.get(i).name(), hint(i)));
        }
        changed.accept(items);
    }
}
