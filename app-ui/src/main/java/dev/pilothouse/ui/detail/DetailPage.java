package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.KeepFocus;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.metrics.Metrics;
import dev.pilothouse.ui.metrics.UsageCharts;
import dev.pilothouse.ui.theme.Glyphs;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.workbench.Where;
import java.time.InstantSource;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** One object in full. JavaFX thread only. */
final class DetailPage implements Page {

    private final Context context;
    private final ObjectRef ref;
    private final Place place;
    private final SectionView drawer;
    private final SectionList sections;
    private final VBox events = new VBox();
    private final TextArea yaml = new TextArea();
    private final CheckBox managed = new CheckBox(Texts.text("detail.managed"));
    private final HistoryView history = new HistoryView(this::askToGoBack);
    private final @Nullable UsageCharts charts;
    private final Label note = new Label();
    private final TabPane tabs = new TabPane();
    private final BorderPane root = new BorderPane();
    private final ReadOnlyObjectWrapper<Title> title = new ReadOnlyObjectWrapper<>();
    private @Nullable Section drawnEvents;
    private @Nullable DetailData data;
    private @Nullable Feed feed;

    DetailPage(Place place, ObjectRef ref, Context context) {
        this.place = place;
        this.ref = ref;
        this.context = context;
        this.drawer = new SectionView(this::open);
        this.sections = new SectionList(drawer);
        charts =
                Metrics.MEASURED.test(ref.kind())
                        ? new UsageCharts(context, ref, place.state("span"))
                        : null;
        title.set(
                Title.of(
                        ref.name(),
                        ref.kind().kind() + " " + ref.name(),
                        Glyphs.icon(ref.kind().group(), ref.kind().kind())));
        layOut();
        tabs.getTabs().stream()
                .filter(tab -> place.state("tab").equals(tab.getId()))
                .forEach(tabs.getSelectionModel()::select);
    }

    private void layOut() {
        Label name = new Label(ref.name());
        name.setId("detail-name");
        name.getStyleClass().add("detail-title");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.setTooltip(new Tooltip(ref.name()));
        Label kind =
                new Label(
                        ref.namespace().isEmpty()
                                ? ref.kind().kind()
                                : Texts.text("editor.where", ref.kind().kind(), ref.namespace()));
        kind.getStyleClass().add("detail-subtitle");
        kind.setTooltip(new Tooltip(kind.getText()));
        VBox names = new VBox(2, name, kind);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        MenuButton menu = new MenuButton(Texts.text("actions.menu"));
        menu.setId("detail-actions");
        menu.setAccessibleText(Texts.text("actions.hint"));
        menu.setMinWidth(Region.USE_PREF_SIZE);
        menu.getItems().setAll(context.actions().menu(List.of(ref)));
        Button edit = new Button(Texts.text("verb.edit"));
        edit.setId("detail-edit");
        edit.setMinWidth(Region.USE_PREF_SIZE);
        edit.setOnAction(event -> context.actions().run(List.of(ref), "edit", Where.TAB));
        edit.setManaged(!isReadOnly());
        edit.setVisible(!isReadOnly());
        HBox heading = new HBox(8, names, edit, menu);
        heading.setAlignment(Pos.CENTER_LEFT);
        heading.getStyleClass().add("page-heading");
        note.getStyleClass().add("note");
        note.setWrapText(true);
        note.setMaxWidth(Double.MAX_VALUE);
        note.managedProperty().bind(note.visibleProperty());
        note.setVisible(false);
        events.getStyleClass().add("sections");
        yaml.setId("detail-yaml");
        yaml.setEditable(false);
        yaml.getStyleClass().add("yaml");
        yaml.setAccessibleText(Texts.text("detail.yaml"));
        managed.setOnAction(event -> showYaml());
        VBox.setVgrow(yaml, Priority.ALWAYS);
        HBox options = new HBox(managed);
        options.getStyleClass().add("yaml-options");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("detail-tabs");
        add("summary", scrolling(sections.view()));
        add("events", scrolling(events));
        add("yaml", new VBox(options, yaml));
        if (charts != null) {
            add("metrics", charts.view());
        }
        if (Revisions.has(ref)) {
            add("history", history.view());
            history.allow(!isReadOnly());
        }
        root.setTop(new VBox(heading, note));
        root.setCenter(tabs);
        root.getStyleClass().addAll("detail", "detail-page");
    }

    private void add(String id, Node content) {
        Tab tab = new Tab(Texts.text("detail.tab." + id), content);
        tab.setId(id);
        tabs.getTabs().add(tab);
        tab.selectedProperty()
                .subscribe(selected -> {
                    if (selected) {
                        showYaml();
                    }
                    measure();
                });
    }

    /** Figures are read only while they are seen. */
    private void measure() {
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        if (charts == null) {
            return;
        }
        if (feed != null && tab != null && "metrics".equals(tab.getId())) {
            charts.start();
        } else {
            charts.stop();
        }
    }

    private static ScrollPane scrolling(Region content) {
        ScrollPane pane = new ScrollPane(content);
        pane.setFitToWidth(true);
        pane.getStyleClass().addAll("edge-to-edge", "section-scroll");
        return pane;
    }

    @Override
    public ReadOnlyObjectProperty<Title> title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        return place.withState("tab", tab == null ? "" : tab.getId())
                .withState("span", charts == null ? "" : charts.span());
    }

    @Override
    public void focus() {
        tabs.requestFocus();
    }

    @Override
    public void shown() {
        feed =
                new Feed(
                        context.cluster(),
                        ref,
                        context.kinds().get(),
                        context.pulse(),
                        InstantSource.system(),
                        follow -> true,
                        new FeedListener());
        feed.start();
        measure();
    }

    @Override
    public void hidden() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
        measure();
    }

    private void open(ObjectRef wanted) {
        context.workbench().open(Details.of(wanted), Where.TAB);
    }

    private void show(DetailData now) {
        data = now;
        sections.show(Sections.of(now));
        Section happened = Sections.events(now);
        if (!happened.equals(drawnEvents)) {
            drawnEvents = happened;
            KeepFocus.during(events, () -> events.getChildren().setAll(drawer.view(happened)));
        }
        if (Revisions.has(ref)) {
            history.show(Revisions.of(now));
        }
        showYaml();
    }

    private void showYaml() {
        Tab tab = tabs.getSelectionModel().getSelectedItem();
        if (data == null || tab == null || !"yaml".equals(tab.getId())) {
            return;
        }
        String text = Copies.yaml(data.object(), managed.isSelected());
        if (!text.equals(yaml.getText())) {
            double top = yaml.getScrollTop();
            yaml.setText(text);
            yaml.setScrollTop(top);
        }
    }

    private boolean isReadOnly() {
        return context.cluster().marks().readOnly();
    }

    private void askToGoBack(Revisions.Revision revision) {
        context.actions().confirm("undo", List.of(ref), () -> goBack(revision));
    }

    private void goBack(Revisions.Revision revision) {
        String done = Texts.text("detail.undone", ref.name(), revision.number());
        context.background(
                "undo",
                () -> {
                    context.cluster().call(revision.undo());
                    context.pulse().execute(() -> context.notices().done(done));
                },
                reason -> Texts.text("action.failed", ref.name(), reason));
    }

    private final class FeedListener implements Feed.Listener {
        private boolean lacking;

        @Override
        public void data(DetailData now) {
            show(now);
        }

        @Override
        public void gone() {
            lack(Texts.text("detail.gone", ref.name()));
        }

        @Override
        public void missing() {
            lack(Texts.text("detail.missing.object", ref.kind().kind(), ref.name()));
        }

        @Override
        public void back() {
            lacking = false;
            note.setVisible(false);
        }

        private void lack(String sentence) {
            lacking = true;
            note.setText(sentence);
            note.setVisible(true);
        }

        @Override
        public void connection(Connection state) {
            if (lacking) {
                return;
            }
            if (state instanceof Connection.Lost lost) {
                note.setText(lost.reason());
                note.setVisible(true);
            } else if (state instanceof Connection.Live) {
                note.setVisible(false);
            }
        }
    }
}
