package dev.pilothouse.ui.requests;

import dev.pilothouse.ui.cluster.RequestLog;
import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.fx.Batch;
import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.PageStatus;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Title;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The requests of the window, live, each as it was sent. JavaFX thread only. */
public final class RequestsPage implements Page {

    /** The type of its place. */
    public static final String TYPE = "requests";

    private static final int MOST = 5_000;

    private final RequestLog log;
    private final URI endpoint;
    private final ReadOnlyObjectWrapper<Title> title =
            new ReadOnlyObjectWrapper<>(
                    Title.of(
                            Texts.text("screen.requests"),
                            Texts.text("requests.hint"),
                            "requests"));
    private final ReadOnlyObjectWrapper<PageStatus> status =
            new ReadOnlyObjectWrapper<>(PageStatus.NONE);
    private final ObservableList<SentRequest> all = FXCollections.observableArrayList();
    private final FilteredList<SentRequest> shown = new FilteredList<>(all);
    private final TableView<SentRequest> table = new TableView<>(shown);
    private final TextField filter = new TextField();
    private final CheckBox changes = new CheckBox(Texts.text("requests.changes"));
    private final TextArea body = new TextArea();
    private final VBox root;
    private final Batch<SentRequest> news;
    private final Consumer<SentRequest> follower;

    private RequestsPage(Context context) {
        this.log = context.cluster().requests();
        this.endpoint = context.cluster().endpoint();
        news = new Batch<>(context.pulse(), this::take);
        follower = request -> news.put(String.valueOf(request.number()), request);
        layOutTable();
        body.setId("request-body");
        body.setPromptText(Texts.text("requests.choose"));
        body.setEditable(false);
        body.getStyleClass().add("yaml");
        body.setAccessibleText(Texts.text("requests.body"));
        SplitPane split = new SplitPane(table, body);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.74);
        VBox.setVgrow(split, Priority.ALWAYS);
        root = new VBox(bar(), split);
        root.getStyleClass().add("objects-pane");
    }

    /** The screen; it needs no object. */
    public static Screen screen() {
        return new Screen(TYPE, (place, context) -> new RequestsPage(context), List.of(), true);
    }

    private void layOutTable() {
        table.setId("requests");
        table.setAccessibleText(Texts.text("screen.requests"));
        table.setFixedCellSize(28);
        Label none = new Label(Texts.text("requests.none"));
        none.getStyleClass().add("empty-text");
        table.setPlaceholder(none);
        column("requests.time", 130, RequestTexts::time);
        column("requests.verb", 80, SentRequest::method);
        column("requests.path", 370, SentRequest::path);
        column("requests.status", 90, RequestTexts::status);
        column("requests.duration", 100, RequestTexts::duration);
        column("requests.bytes", 100, RequestTexts::bytes);
        table.getSelectionModel().selectedItemProperty().subscribe(this::showBody);
    }

    private void column(String text, double width, Function<SentRequest, String> value) {
        RequestColumn column = new RequestColumn(Texts.text(text), value);
        column.setPrefWidth(width);
        table.getColumns().add(column);
    }

    private FlowPane bar() {
        Label heading = new Label(Texts.text("screen.requests"));
        heading.getStyleClass().add("title");
        filter.setId("requests-filter");
        filter.setPromptText(Texts.text("requests.filter"));
        filter.setPrefColumnCount(9);
        filter.setAccessibleText(Texts.text("filter.accessible"));
        filter.textProperty().subscribe(text -> filter());
        changes.setId("requests-changes");
        changes.setMinWidth(Region.USE_PREF_SIZE);
        changes.setOnAction(event -> filter());
        Button curl =
                button("requests.curl", () -> copy(request -> AsCommand.curl(request, endpoint)));
        Button kubectl = button("requests.kubectl", () -> copy(AsCommand::kubectl));
        Button clear =
                button(
                        "requests.clear",
                        () -> {
                            all.clear();
                            showStatus();
                        });
        FlowPane bar = new FlowPane(12, 8, heading, filter, changes, curl, kubectl, clear);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("toolbar");
        return bar;
    }

    private static Button button(String text, Runnable action) {
        Button button = new Button(Texts.text(text));
        button.setId(text.replace('.', '-'));
        button.setAccessibleText(Texts.text(text));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
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
        return Place.of(TYPE).withState("filter", filter.getText());
    }

    @Override
    public void focus() {
        table.requestFocus();
    }

    @Override
    public void shown() {
        log.follow(follower);
        all.setAll(log.requests().reversed());
        showStatus();
    }

    @Override
    public void hidden() {
        log.leave(follower);
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("filter", "/", filter::requestFocus),
                new Command(
                        "copyCurl", "c", () -> copy(request -> AsCommand.curl(request, endpoint))),
                new Command("copyKubectl", "k", () -> copy(AsCommand::kubectl)));
    }

    /** New ones come first, known ones look again. */
    private void take(Map<String, SentRequest> changed) {
        long last = all.isEmpty() ? 0 : all.getFirst().number();
        List<SentRequest> added =
                changed.values().stream()
                        .filter(request -> request.number() > last)
                        .sorted(Comparator.comparingLong(SentRequest::number).reversed())
                        .toList();
        all.addAll(0, added);
        if (all.size() > MOST) {
            all.remove(MOST, all.size());
        }
        if (added.size() < changed.size()) {
            table.refresh();
        }
        showStatus();
    }

    private void showStatus() {
        status.set(new PageStatus(Texts.text("requests.count", shown.size(), log.count()), ""));
    }

    private void filter() {
        String wanted = filter.getText().strip().toLowerCase(Locale.ROOT);
        shown.setPredicate(request ->
                (!changes.isSelected() || request.isChange())
                        && (wanted.isEmpty()
                                || (request.method()
                                                + " "
                                                + request.path()
                                                + " "
                                                + request.status())
                                        .toLowerCase(Locale.ROOT)
                                        .contains(wanted)));
        showStatus();
    }

    private void showBody(@Nullable SentRequest request) {
        body.setText(request == null ? "" : RequestTexts.whole(request));
    }

    private void copy(Function<SentRequest, String> command) {
        SentRequest request = table.getSelectionModel().getSelectedItem();
        if (request != null) {
            Clip.text(command.apply(request));
        }
    }
}
