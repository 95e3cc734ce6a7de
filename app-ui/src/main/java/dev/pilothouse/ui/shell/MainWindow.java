package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.KindsEvents;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.clusters.ClusterWindows;
import dev.pilothouse.ui.clusters.ClustersPage;
import dev.pilothouse.ui.forward.Forwards;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.keys.Binding;
import dev.pilothouse.ui.keys.KeysPage;
import dev.pilothouse.ui.list.ListPage;
import dev.pilothouse.ui.list.ListSettings;
import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.list.Namespaces;
import dev.pilothouse.ui.manifest.Drafts;
import dev.pilothouse.ui.overview.Health;
import dev.pilothouse.ui.overview.Overviews;
import dev.pilothouse.ui.palette.Searches;
import dev.pilothouse.ui.schema.Schemas;
import dev.pilothouse.ui.settings.Settings;
import dev.pilothouse.ui.theme.Theme;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Keymap;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.PageStatus;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Where;
import dev.pilothouse.ui.workbench.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Kinds on the left, the workbench in the middle, the connection below. All methods belong to the
 * JavaFX thread.
 */
public final class MainWindow {

    private static final double NAVIGATOR = 264;

    private final Executor pulse;
    private final Navigator navigator = new Navigator(this::open, this::focusPage);
    private final Breadcrumb breadcrumb;
    private final StatusBar status;
    private final LoadMeter load;
    private final NavigatorProblems problems;
    private final SavedViews views;
    private final Notice notice = new Notice();
    private final BorderPane frame = new BorderPane();
    private final Chrome chrome;
    private final Keymap keymap;
    private final Settings settings;
    private final WindowCommands.Extras extras;
    private final Offers offers;
    private final Namespaces namespaces;
    private final Health health;
    private final Forwards forwards;
    private final List<Screen> screens;
    private final Workbench workbench;
    private final Context context;
    private final Keys keys;
    private final Subscription kinds;
    private List<Kind> known = List.of();

    /**
     * A window onto a cluster.
     *
     * @param pulse runs work on the JavaFX thread, together with the drawing
     * @param settings what the user has chosen before; changes are put there
     * @param windows opens windows onto other clusters
     */
    public MainWindow(Cluster cluster, Executor pulse, Settings settings, ClusterWindows windows) {
        this.pulse = pulse;
        this.settings = settings;
        keymap = new Keymap(settings.section("keys"));
        breadcrumb = new Breadcrumb(cluster.name(), this::show, () -> run("namespaces"));
        status = new StatusBar(cluster);
        load = new LoadMeter(cluster.requests(), status, pulse);
        namespaces = new Namespaces(cluster, pulse);
        health = new Health(cluster, pulse);
        forwards = new Forwards(cluster, settings.directory("forwards"));
        screens =
                Screens.allowed(
                        cluster.marks(),
                        Screens.all(
                                namespaces,
                                new ListSettings(settings, cluster.name()),
                                health,
                                new Schemas(cluster),
                                new Drafts(settings.directory("drafts")),
                                forwards.screen(),
                                ClustersPage.screen(settings, windows),
                                KeysPage.screen(keymap, this::bindings, this::keepKeys)));
        workbench = new Workbench(this::page, this::window);
        extras =
                new WindowCommands.Extras(
                        this::showPalette,
                        this::showHelp,
                        navigator::focusJump,
                        new Regions(navigator.view(), navigator::focus, notice.view(), workbench),
                        this::deleteSelection);
        context =
                new Context(
                        cluster,
                        pulse,
                        () -> known,
                        workbench,
                        notice,
                        new AllActions(
                                screens,
                                keymap,
                                new ActionController(cluster, pulse, notice, this::stage),
                                new ConfirmDialog(cluster),
                                new DeleteDialog(cluster, () -> known, pulse, notice),
                                this::stage,
                                this::context));
        navigator.offer(
                screens.stream().filter(Screen::standing).map(Screen::type).toList(),
                type -> workbench.show(Place.of(type)));
        offers = new Offers(context, screens, keymap);
        keys = new Keys(keymap, this::commands, this::showPalette);
        layOut();
        chrome = new Chrome(frame, keymap, keys);
        views =
                new SavedViews(
                        settings, cluster.name(), workbench, notice, keymap, navigator::showViews);
        navigator.onView(views::open, views::remove);
        problems = new NavigatorProblems(navigator, health);
        workbench.current().subscribe(this::show);
        workbench
                .current()
                .flatMap(page -> page == null ? null : page.status())
                .orElse(PageStatus.NONE)
                .subscribe(status::show);
        workbench
                .current()
                .flatMap(page -> page == null ? null : page.title())
                .subscribe(title -> show(workbench.current().get()));
        kinds = cluster.followKinds(new KindsListener());
        pulse.execute(this::beginWithLists);
    }

    /** The content of the window's scene. */
    public Parent root() {
        return chrome.root();
    }

    /** The open pages. */
    public Workbench workbench() {
        return workbench;
    }

    /** Opens a kind by its name, if the cluster has it. */
    public void open(String kindName) {
        known.stream()
                .filter(kind -> kind.kind().equals(kindName))
                .findFirst()
                .ifPresent(kind -> open(kind, Where.HERE));
    }

    /** Opens the detail pane on the selected object of the list that is seen. */
    public void openDetail() {
        if (workbench.current().get() instanceof ListPage list) {
            list.openDetail();
        }
    }

    /** Does a command of the window or of the page that is seen, by its id. */
    public void run(String command) {
        commands().stream()
                .filter(each -> each.id().equals(command))
                .findFirst()
                .ifPresent(each -> each.run().run());
    }

    /** Where the pages of this cluster are written down. */
    private String session() {
        return "session:" + context.cluster().name();
    }

    /** Lists know all that they need of their kinds; other pages have to wait for discovery. */
    private void beginWithLists() {
        List<Place> saved = Workbench.places(settings.section(session()));
        if (workbench.pages().isEmpty()
                && !saved.isEmpty()
                && saved.stream().allMatch(place -> place.type().equals(Lists.TYPE))) {
            begin();
        }
    }

    /** The pages that were open last time, or else the cluster at a glance. */
    private void begin() {
        workbench.restore(settings.section(session()));
        if (workbench.pages().isEmpty()) {
            workbench.show(Place.of(Overviews.TYPE));
        }
        focusPage();
    }

    /** Writes down what is open, and ends everything that is followed. */
    public void close() {
        settings.put(session(), workbench.save());
        load.close();
        problems.close();
        kinds.close();
        namespaces.close();
        forwards.close();
        workbench.close();
    }

    private void layOut() {
        VBox.setVgrow(workbench.view(), Priority.ALWAYS);
        VBox middle = new VBox(breadcrumb.view(), notice.view(), workbench.view());
        middle.setMinWidth(320);
        navigator.view().setMinWidth(160);
        navigator.view().setPrefWidth(NAVIGATOR);
        SplitPane split = new SplitPane(navigator.view(), middle);
        SplitPane.setResizableWithParent(navigator.view(), false);
        // The navigator has the same width in a small window and in a large one.
        split.widthProperty()
                .subscribe(width -> {
                    if (width.doubleValue() > 0 && split.getUserData() == null) {
                        split.setUserData("placed");
                        split.setDividerPositions(NAVIGATOR / width.doubleValue());
                    }
                });
        frame.setCenter(split);
        frame.setBottom(status.view());
    }

    private Context context() {
        return context;
    }

    private Page page(Place place) {
        return screens.stream()
                .filter(screen -> screen.type().equals(place.type()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no screen " + place.type()))
                .pages()
                .page(place, context);
    }

    /** A window for pages that are torn out: with the keys, but without the navigator. */
    private Stage window(Parent content) {
        Scene scene = new Scene(new Chrome(content, keymap, keys).root(), 960, 640);
        Theme.decorate(scene);
        Stage stage = new Stage();
        stage.setScene(scene);
        if (stage() instanceof Stage main) {
            stage.getIcons().setAll(main.getIcons());
        }
        return stage;
    }

    private List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        Page page = workbench.current().get();
        if (page != null) {
            commands.addAll(page.commands());
        }
        commands.addAll(windowCommands());
        return commands;
    }

    private List<Command> windowCommands() {
        List<Command> commands = new ArrayList<>(WindowCommands.of(workbench, extras));
        commands.addAll(views.commands(stage()));
        return commands;
    }

    private List<Binding> bindings() {
        Page page = workbench.current().get();
        return offers.bindings(page == null ? List.of() : page.commands(), windowCommands());
    }

    private void keepKeys() {
        settings.put("keys", keymap.toJson());
    }

    /** The chrome of the window that has the keyboard. */
    private Chrome chrome() {
        Page page = workbench.current().get();
        Chrome found = Chrome.of(page == null ? null : page.view());
        return found == null ? chrome : found;
    }

    private void showPalette() {
        Searches.show(
                chrome().palette(),
                offers.entries(commands()),
                context.cluster(),
                known,
                pulse,
                this::open);
    }

    private void showHelp() {
        chrome().palette().hide();
        chrome().help().show(bindings());
    }

    private void deleteSelection() {
        Page page = workbench.current().get();
        if (page != null && !page.selection().isEmpty()) {
            context.actions().delete(page.selection());
        }
    }

    /** Opens an object: by the screen that describes objects, or else in its list. */
    private void open(ObjectRef object, Where where) {
        if (!context.actions().run(List.of(object), "detail", where)) {
            Place place =
                    Lists.of(object.kind())
                            .withState(Lists.NAMESPACE, object.namespace())
                            .withState("selected", object.uid());
            workbench.open(place, where);
        }
    }

    private void open(Kind kind, Where where) {
        notice.hide();
        Place place = Lists.of(kind);
        // A list in a tab of its own starts with the namespace of the one the user comes from.
        if (workbench.current().get() instanceof ListPage list) {
            place = place.withState(Lists.NAMESPACE, list.namespace());
        }
        if (where == Where.HERE) {
            workbench.show(place);
        } else {
            workbench.open(place, where);
        }
    }

    private void show(Place place) {
        workbench.open(place, Where.TAB);
    }

    private void show(@Nullable Page page) {
        breadcrumb.show(page);
        navigator.mark(
                page instanceof ListPage list ? list.kind() : null,
                page == null ? "" : page.place().type());
    }

    private void focusPage() {
        workbench.focusCurrent();
    }

    private @Nullable Window stage() {
        return frame.getScene() == null ? null : frame.getScene().getWindow();
    }

    private final class KindsListener implements KindsEvents {
        @Override
        public void kinds(List<Kind> found) {
            pulse.execute(() -> {
                boolean first = known.isEmpty();
                known = found;
                navigator.show(found);
                health.kinds(found);
                if (first && workbench.pages().isEmpty()) {
                    begin();
                }
                workbench.pages().stream()
                        .filter(page ->
                                page instanceof ListPage list && !found.contains(list.kind()))
                        .map(page -> ((ListPage) page).kind().kind())
                        .findFirst()
                        .ifPresent(kind -> notice.failed(Texts.text("kind.gone", kind)));
            });
        }

        @Override
        public void failed(String reason) {
            pulse.execute(() -> {
                if (known.isEmpty()) {
                    notice.failed(reason);
                }
            });
        }
    }
}
