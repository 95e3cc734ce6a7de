package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The kinds of the cluster in sections, and a field that jumps to one. JavaFX thread only. */
final class Navigator {

    private static final double LINE = 28;

    private final TreeItem<NavigatorItem> top = new TreeItem<>();
    private final TreeView<NavigatorItem> tree = new TreeView<>(top);
    private final TextField jump = new TextField();
    private final VBox root = new VBox(8, jump, tree);
    private final Set<Section> closed = EnumSet.noneOf(Section.class);
    private final BiConsumer<Kind, Where> open;
    private final Set<NavigatorCell> cells = Collections.newSetFromMap(new WeakHashMap<>());
    private Map<Kind, Integer> broken = Map.of();
    private List<Kind> kinds = List.of();
    private List<String> standing = List.of();
    private Consumer<String> showStanding = type -> {};
    private List<NavigatorItem.View> views = List.of();
    private IntConsumer openView = at -> {};
    private IntConsumer removeView = at -> {};
    private @Nullable Kind chosen;
    private String chosenType = "";
    private boolean building;

    /**
     * Without kinds.
     *
     * @param open is told the kind to show, and where
     * @param leave the user wants to go on to the objects
     */
    Navigator(BiConsumer<Kind, Where> open, Runnable leave) {
        this.open = open;
        root.setId("navigator");
        root.getStyleClass().add("navigator");
        tree.setId("kinds");
        tree.setShowRoot(false);
        tree.setFixedCellSize(LINE);
        tree.setCellFactory(view -> {
            NavigatorCell cell =
                    new NavigatorCell(
                            kind -> open.accept(kind, Where.TAB),
                            at -> openView.accept(at),
                            kind -> broken.getOrDefault(kind, 0));
            cells.add(cell);
            return cell;
        });
        tree.setAccessibleText(Texts.text("navigator.accessible"));
        tree.getStyleClass().add("dense");
        VBox.setVgrow(tree, Priority.ALWAYS);
        jump.setId("jump");
        jump.setPromptText(Texts.text("navigator.jump"));
        jump.setAccessibleText(Texts.text("navigator.jump.accessible"));
        jump.textProperty().subscribe(text -> build());
        tree.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, before, item) -> chosen(item));
        jump.addEventHandler(KeyEvent.KEY_PRESSED, event -> jumpKey(event, leave));
        tree.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (selectedView() instanceof NavigatorItem.View view
                            && viewKey(view, event.getCode())) {
                        event.consume();
                    } else if (event.getCode() == KeyCode.ENTER) {
                        if (event.isShortcutDown() && chosen != null) {
                            open.accept(chosen, Where.TAB);
                        } else {
                            leave.run();
                        }
                        event.consume();
                    }
                });
    }

    Region view() {
        return root;
    }

    /** Lets the user type a kind. */
    void focusJump() {
        jump.requestFocus();
        jump.selectAll();
    }

    /** Takes the keyboard. */
    void focus() {
        tree.requestFocus();
    }

    /** Shows the kinds there are now; what is chosen and closed stays so. */
    void show(List<Kind> now) {
        if (!now.equals(kinds)) {
            kinds = now;
            build();
        }
    }

    /** Shows how many objects of some kinds are broken; of the others none are. */
    void showBroken(Map<Kind, Integer> now) {
        if (!now.equals(broken)) {
            broken = Map.copyOf(now);
            cells.forEach(NavigatorCell::sync);
        }
    }

    /** Chooses a kind by its name, if there is one. */
    void choose(String kind) {
        kinds.stream().filter(each -> each.kind().equals(kind)).findFirst().ifPresent(this::choose);
    }

    /**
     * Offers pages that need no object, above the kinds.
     *
     * @param types of their screens
     * @param show is told the one to show
     */
    void offer(List<String> types, Consumer<String> show) {
        standing = List.copyOf(types);
        showStanding = show;
        build();
    }

    /** Marks the kind or the standing page that is shown, without opening it. */
    void mark(@Nullable Kind kind, String type) {
        chosen = kind;
        chosenType = kind == null ? type : "";
        building = true;
        try {
            tree.getSelectionModel().clearSelection();
            if (kind != null) {
                select(kind);
            } else {
                selectStanding();
            }
        } finally {
            building = false;
        }
    }

    /**
     * Offers the pages that the user has saved; Enter or a click opens one, Delete removes it.
     *
     * @param now the pages
     */
    void showViews(List<NavigatorItem.View> now) {
        views = List.copyOf(now);
        build();
    }

    /** Tells who opens and removes saved pages, by their place among them. */
    void onView(IntConsumer wanted, IntConsumer unwanted) {
        openView = wanted;
        removeView = unwanted;
    }

    private NavigatorItem.@Nullable View selectedView() {
        TreeItem<NavigatorItem> item = tree.getSelectionModel().getSelectedItem();
        return item != null && item.getValue() instanceof NavigatorItem.View view ? view : null;
    }

    private boolean viewKey(NavigatorItem.View view, KeyCode key) {
        if (key == KeyCode.ENTER) {
            openView.accept(view.at());
        } else if (key == KeyCode.DELETE) {
            removeView.accept(view.at());
        }
        return key == KeyCode.ENTER || key == KeyCode.DELETE;
    }

    private void selectStanding() {
        for (TreeItem<NavigatorItem> section : top.getChildren()) {
            for (TreeItem<NavigatorItem> item : section.getChildren()) {
                if (item.getValue() instanceof NavigatorItem.Standing page
                        && page.type().equals(chosenType)
                        && section.isExpanded()) {
                    tree.getSelectionModel().select(item);
                }
            }
        }
    }

    private void choose(Kind kind) {
        for (TreeItem<NavigatorItem> section : top.getChildren()) {
            for (TreeItem<NavigatorItem> item : section.getChildren()) {
                if (item.getValue() instanceof NavigatorItem.Entry entry
                        && entry.kind().equals(kind)) {
                    section.setExpanded(true);
                    tree.getSelectionModel().select(item);
                }
            }
        }
    }

    private void jumpKey(KeyEvent event, Runnable leave) {
        switch (event.getCode()) {
            case ENTER -> {
                bestMatch()
                        .ifPresent(kind -> {
                            jump.clear();
                            choose(kind);
                            tree.scrollTo(
                                    Math.max(0, tree.getSelectionModel().getSelectedIndex() - 3));
                            leave.run();
                        });
                event.consume();
            }
            case ESCAPE -> {
                jump.clear();
                leave.run();
                event.consume();
            }
            case DOWN -> {
                tree.requestFocus();
                event.consume();
            }
            default -> {}
        }
    }

    /** The whole name before the start of a name before any part of it. */
    private Optional<Kind> bestMatch() {
        String text = wanted();
        return kinds.stream()
                .filter(kind -> matches(kind, text))
                .min(Comparator.comparingInt(kind -> distance(kind, text)));
    }

    private static int distance(Kind kind, String text) {
        String name = kind.kind().toLowerCase(Locale.ROOT);
        if (name.equals(text) || kind.resource().equals(text)) {
            return 0;
        }
        return name.startsWith(text) ? name.length() : 1000 + name.length();
    }

    private static boolean matches(Kind kind, String text) {
        return kind.kind().toLowerCase(Locale.ROOT).contains(text)
                || kind.resource().contains(text)
                || (!text.isEmpty() && kind.group().contains(text));
    }

    private String wanted() {
        return jump.getText().strip().toLowerCase(Locale.ROOT);
    }

    private void build() {
        String text = wanted();
        Set<String> names = new HashSet<>();
        Set<String> twice = new HashSet<>();
        kinds.forEach(kind -> {
            if (!names.add(kind.kind())) {
                twice.add(kind.kind());
            }
        });
        Map<Section, List<TreeItem<NavigatorItem>>> entries = new EnumMap<>(Section.class);
        for (String type : standing) {
            NavigatorItem page = new NavigatorItem.Standing(type);
            if (page.title().toLowerCase(Locale.ROOT).contains(text)) {
                entries.computeIfAbsent(Section.PAGES, section -> new ArrayList<>())
                        .add(new TreeItem<>(page));
            }
        }
        for (NavigatorItem.View view : views) {
            if (view.title().toLowerCase(Locale.ROOT).contains(text)) {
                entries.computeIfAbsent(Section.VIEWS, section -> new ArrayList<>())
                        .add(new TreeItem<>(view));
            }
        }
        for (Kind kind : kinds) {
            if (matches(kind, text)) {
                entries.computeIfAbsent(Section.of(kind), section -> new ArrayList<>())
                        .add(
                                new TreeItem<>(
                                        new NavigatorItem.Entry(
                                                kind, twice.contains(kind.kind()))));
            }
        }
        List<TreeItem<NavigatorItem>> sections = new ArrayList<>();
        entries.forEach((section, items) -> sections.add(section(section, items)));
        building = true;
        try {
            top.getChildren().setAll(sections);
            tree.getSelectionModel().clearSelection();
            if (chosen != null && (text.isEmpty() || matches(chosen, text))) {
                select(chosen);
            } else if (!chosenType.isEmpty()) {
                selectStanding();
            }
        } finally {
            building = false;
        }
    }

    private void select(Kind kind) {
        boolean wasClosed = closed.contains(Section.of(kind));
        if (!wasClosed) {
            choose(kind);
        }
    }

    private TreeItem<NavigatorItem> section(Section section, List<TreeItem<NavigatorItem>> items) {
        var item = new TreeItem<NavigatorItem>(new NavigatorItem.Heading(section));
        item.getChildren().setAll(items);
        item.setExpanded(!closed.contains(section) || !wanted().isEmpty());
        item.expandedProperty()
                .addListener((property, before, expanded) -> {
                    if (!wanted().isEmpty()) {
                        return;
                    }
                    if (expanded) {
                        closed.remove(section);
                    } else {
                        closed.add(section);
                    }
                });
        return item;
    }

    private void chosen(@Nullable TreeItem<NavigatorItem> item) {
        if (building || item == null) {
            return;
        }
        switch (item.getValue()) {
            case NavigatorItem.Entry entry when !entry.kind().equals(chosen) -> {
                chosen = entry.kind();
                chosenType = "";
                open.accept(entry.kind(), Where.HERE);
            }
            case NavigatorItem.Standing page when !page.type().equals(chosenType) -> {
                chosen = null;
                chosenType = page.type();
                showStanding.accept(page.type());
            }
            default -> {}
        }
    }
}
