package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.ExtraColumn;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.TableQuery;
import dev.pilothouse.ui.detail.Details;
import dev.pilothouse.ui.editor.Editors;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.Grouping;
import dev.pilothouse.ui.resource.ObjectTable;
import dev.pilothouse.ui.resource.TableState;
import dev.pilothouse.ui.theme.Glyphs;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.PageStatus;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.workbench.Where;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Parent;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a kind, and one of them beside. JavaFX thread only. */
public final class ListPage implements Page {

    private final Context context;
    private final ReadOnlyObjectWrapper<Title> title = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<PageStatus> status =
            new ReadOnlyObjectWrapper<>(PageStatus.NONE);
    private final ObjectTable table;
    private final DetailBeside detail;
    private final Arrangement arrangement;
    private final UsageFeed usage;
    private final ColumnChooser columns;
    private final FilterField filter;
    private final Toolbar toolbar;
    private final ActionBar bar;
    private final Exporter exporter;
    private final NamespaceChooser namespaces;
    private final LostBanner lost = new LostBanner(this::retry);
    private final Dropdown dropdown = new Dropdown();
    private final StackPane root = new StackPane();
    private Kind kind;
    private String wanted = "";
    private boolean seen;

    ListPage(Place place, Kind kind, Namespaces all, ListSettings settings, Context context) {
        this.context = context;
        this.kind = kind;
        table = new ObjectTable(context.cluster(), context.pulse(), new TableListener());
        arrangement = new Arrangement(table, settings);
        detail = new DetailBeside(context, table, this::focus);
        namespaces = new NamespaceChooser(all, settings, dropdown, names -> reopen(), this::focus);
        boolean changing = !context.cluster().marks().readOnly();
        bar = new ActionBar(this::selection, context.actions(), changing, this::selectOne);
        exporter = new Exporter(context, table);
        usage = new UsageFeed(context, table);
        columns = new ColumnChooser(table, arrangement::extra, this::makeColumns);
        filter = new FilterField(table::filter, this::reopen, this::focus);
        toolbar = new Toolbar(namespaces.view(), filter.view(), this::create, this::further);
        toolbar.allowCreate(changing);
        layOut();
        new RowKeys(this, context.actions()).install(root, table.view());
        RowMenu.install(this, table, context);
        take(place, true);
    }

    private void layOut() {
        VBox.setVgrow(table.view(), Priority.ALWAYS);
        VBox objects =
                new VBox(
                        toolbar.view(),
                        filter.labels().view(),
                        bar.view(),
                        lost.view(),
                        table.view());
        objects.getStyleClass().add("objects-pane");
        objects.setMinWidth(320);
        root.getChildren().setAll(detail.view(objects), dropdown.view());
    }

    @Override
    public ReadOnlyObjectProperty<Title> title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<PageStatus> status() {
        return status.getReadOnlyProperty();
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        return Lists.in(kind, namespace())
                .withState("filter", filter.text())
                .withState(Lists.LABELS, filter.labels().selector())
                .withState(Lists.LOOK, arrangement.look().toJson().toString());
    }

    @Override
    public boolean goTo(Place place) {
        Kind to = place.kind();
        if (to == null) {
            return false;
        }
        boolean other = !to.equals(kind);
        TableQuery before = query();
        if (other) {
            arrangement.keep(kind);
            table.forget();
        }
        kind = to;
        take(place, other);
        if (other || !before.equals(query())) {
            detail.close();
            if (seen) {
                open();
            }
        }
        select();
        return true;
    }

    private void take(Place place, boolean anew) {
        arrangement.take(place, kind, anew);
        if (place.state().containsKey(Lists.NAMESPACE)) {
            namespaces.choose(List.of(Lists.namespaces(place).split(",")));
        }
        namespaces.enable(kind.namespaced());
        toolbar.show(kind);
        filter.labels().choose(place.state(Lists.LABELS));
        filter.text(place.state("filter"));
        showTitle();
        wanted = place.state("selected");
    }

    private void showTitle() {
        List<String> names = chosen();
        title.set(
                Title.of(
                        kind.kind(),
                        names.isEmpty()
                                ? Texts.text("list.hint", kind.kind())
                                : Texts.text("list.hintIn", kind.kind(), String.join(", ", names)),
                        Glyphs.icon(kind.group(), kind.kind())));
    }

    @Override
    public void focus() {
        table.focus();
    }

    @Override
    public void shown() {
        seen = true;
        open();
        detail.follow();
    }

    @Override
    public void hidden() {
        seen = false;
        arrangement.keep(kind);
        // Who comes back goes on where they were.
        ObjectTable.Selected selected = table.selection();
        if (selected != null) {
            wanted = selected.row().uid();
        }
        table.close();
        usage.stop();
        detail.hide();
    }

    @Override
    public void close() {
        namespaces.close();
    }

    @Override
    public List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        if (!context.cluster().marks().readOnly()) {
            commands.add(new Command("create", "Shortcut+N", this::create));
            commands.add(new Command("deleteShown", "", this::deleteShown));
        }
        commands.addAll(
                List.of(
                        new Command("filter", "/", filter::focus),
                        new Command("beside", "v", detail::toggle),
                        new Command("namespaces", "Shortcut+M", namespaces::open),
                        new Command("columns", "Shortcut+Shift+C", this::chooseColumns),
                        new Command("group", "G", this::turnGrouping),
                        new Command("exportCsv", "", () -> exporter.csv(kind)),
                        new Command("exportYaml", "", () -> export("yaml", Export::yaml)),
                        new Command("exportJson", "", () -> export("json", Export::json))));
        return commands;
    }

    /** Asks about everything that the filter lets through. */
    private void deleteShown() {
        context.actions().delete(table.shown().stream().map(ListPage::ref).toList());
    }

    private void export(String ending, Function<List<ObjectNode>, byte[]> form) {
        exporter.objects(kind, chosen(), ending, form);
    }

    private List<MenuItem> further() {
        return ListMenu.items(this);
    }

    private void chooseColumns() {
        if (dropdown.isShown(columns.view())) {
            dropdown.leave();
        } else {
            dropdown.show(columns.view(), toolbar.menu(), columns.prepare());
        }
    }

    private void makeColumns(List<ExtraColumn> wanted) {
        arrangement.extra(wanted);
        if (seen) {
            open();
        }
    }

    /** What the rows are grouped by. */
    Grouping grouping() {
        return table.grouping();
    }

    void groupBy(Grouping by) {
        table.groupBy(by);
    }

    private void turnGrouping() {
        arrangement.turnGrouping(kind);
    }

    void foldAll(boolean fold) {
        table.foldAll(fold);
    }

    /** Selects the object that the place has named, as soon as it is there. */
    private void select() {
        if (!wanted.isEmpty() && table.select(wanted)) {
            wanted = "";
        }
    }

    private void create() {
        context.workbench().open(Editors.create(kind, only()), Where.TAB);
    }

    /** The kind that is shown. */
    public Kind kind() {
        return kind;
    }

    /** The namespaces that it is limited to, separated by commas; empty for all. */
    public String namespace() {
        return String.join(",", namespaces.namespaces());
    }

    /** The namespaces of the objects that are shown, none for all. */
    private List<String> chosen() {
        return kind.namespaced() ? namespaces.namespaces() : List.of();
    }

    /** The namespace, when there is just one. */
    private String only() {
        return chosen().size() == 1 ? chosen().getFirst() : "";
    }

    @Override
    public List<ObjectRef> selection() {
        return table.selections().stream().map(ListPage::ref).toList();
    }

    /** Opens the selected object in full. */
    void openPage() {
        ObjectTable.Selected selected = table.selection();
        if (selected != null) {
            context.workbench().open(Details.of(ref(selected)), Where.TAB);
        }
    }

    /** Opens the detail beside, on the selected object; the keyboard stays in the list. */
    public void openDetail() {
        detail.open();
    }

    /** Closes the detail; false when there is none. */
    boolean closeDetail() {
        return detail.close();
    }

    /** Only the object that the user has touched last stays selected. */
    private void selectOne() {
        ObjectTable.Selected selected = table.selection();
        if (selected != null) {
            table.select(selected.row().uid());
        }
        focus();
    }

    private void open() {
        table.sparks(usage.columns(kind));
        table.show(kind, query());
        usage.start(kind);
    }

    private TableQuery query() {
        return new TableQuery(chosen(), filter.labels().selector(), arrangement.extra(), "");
    }

    /** Shows only objects that have a label. */
    void limitTo(String label) {
        filter.add(List.of(label));
    }

    private void reopen() {
        showTitle();
        if (seen) {
            detail.close();
            open();
        }
    }

    private void retry() {
        table.retry();
    }

    static ObjectRef ref(ObjectTable.Selected object) {
        return new ObjectRef(
                object.kind(), object.row().namespace(), object.row().name(), object.row().uid());
    }

    private static PageStatus status(TableState state) {
        Instant last = state.lastEvent();
        return new PageStatus(
                state.shown() == state.total()
                        ? Texts.text("status.objects", state.total())
                        : Texts.text("status.someObjects", state.shown(), state.total()),
                state.revision().isEmpty() || last == null
                        ? ""
                        : Texts.text("status.revision", state.revision(), Times.ofDay(last)));
    }

    private final class TableListener implements ObjectTable.Listener {
        @Override
        public void selected(ObjectTable.@Nullable Selected object) {
            detail.follow();
        }

        @Override
        public void several(int count) {
            bar.show(count);
        }

        @Override
        public void state(TableState state) {
            select();
            columns.refresh();
            status.set(status(state));
            lost.show(state.total() > 0 ? state.connection() : new Connection.Connecting());
        }
    }
}
