package dev.pilothouse.ui.list;

import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

/** Chooses some of the namespaces there are, or all. JavaFX thread only. */
final class NamespaceChooser {

    /** More names than this are only counted. */
    private static final int NAMED = 2;

    private final Button button = new Button();
    private final Tooltip hint = new Tooltip();
    private final Namespaces all;
    private final Dropdown dropdown;
    private final NamespaceList list;
    private final Runnable follow = this::leaveGone;
    private final Consumer<List<String>> chosen;
    private final TreeSet<String> ticked = new TreeSet<>();

    /**
     * Offers the namespaces of a cluster, as they are at any time.
     *
     * @param chosen is told the namespaces, none for all
     * @param leave the user has chosen and wants to go on to the objects
     */
    NamespaceChooser(
            Namespaces all,
            ListSettings settings,
            Dropdown dropdown,
            Consumer<List<String>> chosen,
            Runnable leave) {
        this.all = all;
        this.dropdown = dropdown;
        this.chosen = chosen;
        list = new NamespaceList(all, settings, ticked, this::told, () -> leave(leave));
        button.setId("namespace");
        button.getStyleClass().add("chooser");
        button.setPrefWidth(170);
        button.setMinWidth(110);
        button.setTooltip(hint);
        Region arrow = new Region();
        arrow.getStyleClass().addAll("icon", "icon-down");
        button.setGraphic(arrow);
        button.setOnAction(event -> open());
        all.follow(follow);
        show();
    }

    Region view() {
        return button;
    }

    /** Lets the user choose. */
    void open() {
        if (button.isDisabled()) {
            return;
        }
        if (dropdown.isShown(list.view())) {
            dropdown.leave();
        } else {
            list.prepare();
            dropdown.show(list.view(), button, list.first());
        }
    }

    /** The chosen namespaces, sorted; none for all. */
    List<String> namespaces() {
        return List.copyOf(ticked);
    }

    /** Chooses without telling. */
    void choose(Collection<String> names) {
        ticked.clear();
        names.stream().filter(name -> !name.isEmpty()).forEach(ticked::add);
        show();
    }

    /** Tells whether choosing makes sense for what is shown. */
    void enable(boolean namespaced) {
        button.setDisable(!namespaced);
    }

    void close() {
        all.leave(follow);
    }

    /** The names in a few words. */
    static String text(List<String> names) {
        return names.isEmpty()
                ? Texts.text("namespace.all")
                : names.size() <= NAMED
                        ? String.join(", ", names)
                        : Texts.text("namespace.several", names.size());
    }

    private void leave(Runnable to) {
        dropdown.hide();
        to.run();
    }

    private void told() {
        show();
        chosen.accept(namespaces());
    }

    private void show() {
        String names = text(namespaces());
        button.setText(names);
        button.setAccessibleText(Texts.text("namespace.accessible", names));
        hint.setText(ticked.isEmpty() ? Texts.text("namespace.hint") : String.join(", ", ticked));
    }

    /** The choice stays, but for namespaces that are gone. */
    private void leaveGone() {
        list.refresh();
        if (all.isKnown() && new ArrayList<>(ticked).retainAll(all.names())) {
            ticked.retainAll(all.names());
            told();
        }
    }
}
