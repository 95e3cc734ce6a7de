package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** Pages in tabs, one of which is seen. JavaFX thread only. */
final class Group {

    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");

    private final Events events;
    private final TabPane tabs = new TabPane();
    private final Label empty = new Label(Texts.text("workbench.empty"));
    private final StackPane root = new StackPane(tabs, empty);
    private int made;

    /** Is told what the user does. */
    interface Events {
        /** Another page is seen, or the keyboard is here now. */
        void selected(Group group);

        /** The user wants a page closed. */
        void close(Page page);

        /** The mouse was pressed on the tab of a page. */
        void pressed(Page page, MouseEvent event);
    }

    Group(Events events) {
        this.events = events;
        root.getStyleClass().add("page-group");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.getStyleClass().add("pages");
        tabs.setAccessibleText(Texts.text("workbench.tabs"));
        tabs.setFocusTraversable(false);
        empty.getStyleClass().add("empty-text");
        empty.visibleProperty().bind(javafx.beans.binding.Bindings.isEmpty(tabs.getTabs()));
        tabs.visibleProperty().bind(empty.visibleProperty().not());
        tabs.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, before, now) -> events.selected(this));
        root.focusWithinProperty()
                .subscribe(within -> {
                    if (within) {
                        events.selected(this);
                    }
                });
        new TabMouse(this, tabs).install();
    }

    StackPane view() {
        return root;
    }

    /** Marks the group whose page has the keyboard, where there are several. */
    void mark(boolean active) {
        root.pseudoClassStateChanged(ACTIVE, active);
    }

    /** The pages in the order of their tabs. */
    List<Page> pages() {
        return tabs.getTabs().stream().map(Group::page).toList();
    }

    /** The page that is seen, null when there is none. */
    @Nullable Page selected() {
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        return tab == null ? null : page(tab);
    }

    /** Adds a page as the last. */
    void add(Page page, boolean select) {
        add(page, tabs.getTabs().size(), select);
    }

    /** Adds a page at a position. */
    void add(Page page, int at, boolean select) {
        Tab tab = tab(page);
        tabs.getTabs().add(Math.clamp(at, 0, tabs.getTabs().size()), tab);
        if (select) {
            tabs.getSelectionModel().select(tab);
        }
    }

    /** Puts a page in the tab of another. */
    void replace(Page old, Page page) {
        int at = pages().indexOf(old);
        Tab tab = tab(page);
        tabs.getTabs().set(at, tab);
        tabs.getSelectionModel().select(tab);
    }

    /** Takes a page out; it is not closed. */
    void remove(Page page) {
        tabs.getTabs().removeIf(tab -> page(tab).equals(page));
    }

    void select(Page page) {
        tabs.getTabs().stream()
                .filter(tab -> page(tab).equals(page))
                .findFirst()
                .ifPresent(tabs.getSelectionModel()::select);
    }

    /** Selects a neighbour; after the last comes the first. */
    void turn(int steps) {
        int count = tabs.getTabs().size();
        if (count > 0) {
            int now = tabs.getSelectionModel().getSelectedIndex();
            tabs.getSelectionModel().select(Math.floorMod(now + steps, count));
        }
    }

    boolean isEmpty() {
        return tabs.getTabs().isEmpty();
    }

    /** The page of a tab's header, by the id that the header takes from its tab. */
    @Nullable Page pageOf(@Nullable String tabId) {
        return tabs.getTabs().stream()
                .filter(tab -> tab.getId().equals(tabId))
                .map(Group::page)
                .findFirst()
                .orElse(null);
    }

    void close(Page page) {
        events.close(page);
    }

    void pressed(Page page, MouseEvent event) {
        events.pressed(page, event);
    }

    /** What is seen of the tabs, in their order; headers have the ids of their tabs. */
    List<Node> headers() {
        List<Node> headers = new ArrayList<>();
        for (Tab tab : tabs.getTabs()) {
            tabs.lookupAll(".tab").stream()
                    .filter(node -> tab.getId().equals(node.getId()))
                    .findFirst()
                    .ifPresent(headers::add);
        }
        return headers;
    }

    /** Lets every tab have the menu of its page. */
    void menus(TabMenus menus) {
        for (Tab tab : new ArrayList<>(tabs.getTabs())) {
            if (tab.getContextMenu() == null) {
                tab.setContextMenu(menus.menu(page(tab)));
            }
        }
    }

    /** Makes the menus of tabs. */
    @FunctionalInterface
    interface TabMenus {
        javafx.scene.control.ContextMenu menu(Page page);
    }

    private Tab tab(Page page) {
        Tab tab = new Tab("", page.view());
        tab.setId("tab-" + made++);
        tab.setUserData(page);
        tab.setOnCloseRequest(event -> {
            event.consume();
            events.close(page);
        });
        Tooltip hint = new Tooltip();
        tab.setTooltip(hint);
        Region icon = new Region();
        icon.getStyleClass().add("icon");
        // A tab that is gone no longer listens.
        tab.tabPaneProperty()
                .flatMap(pane -> pane == null ? null : page.title())
                .subscribe(title -> {
                    if (title != null) {
                        tab.setText(title.unsaved() ? "\u25cf " + title.text() : title.text());
                        hint.setText(title.hint());
                        icon.getStyleClass().setAll("icon", "icon-" + title.icon());
                        tab.setGraphic(title.icon().isEmpty() ? null : icon);
                    }
                });
        return tab;
    }

    private static Page page(Tab tab) {
        return (Page) tab.getUserData();
    }
}
