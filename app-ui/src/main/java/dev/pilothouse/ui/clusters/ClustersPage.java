package dev.pilothouse.ui.clusters;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.kubeconfig.KubeConfigs;
import dev.pilothouse.ui.kubeconfig.KubeContext;
import dev.pilothouse.ui.settings.Settings;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Title;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import tools.jackson.databind.node.ObjectNode;

/** The clusters of the user's kubeconfig files, each of which opens in a window of its own. */
public final class ClustersPage implements Page {

    /** The type of its place. */
    public static final String TYPE = "clusters";

    private static final String MARKS = "marks";

    private final Context context;
    private final Settings settings;
    private final ClusterWindows windows;
    private final ReadOnlyObjectWrapper<Title> title =
            new ReadOnlyObjectWrapper<>(
                    Title.of(
                            Texts.text("screen.clusters"),
                            Texts.text("clusters.hint"),
                            "clusters"));
    private final FlowPane cards = new FlowPane(14, 14);
    private final Label problems = new Label();
    private final Button reload = new Button(Texts.text("clusters.reload"));
    private final VBox root;

    private ClustersPage(Context context, Settings settings, ClusterWindows windows) {
        this.context = context;
        this.settings = settings;
        this.windows = windows;
        Label heading = new Label(Texts.text("screen.clusters"));
        heading.getStyleClass().add("title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        reload.setId("clusters-reload");
        reload.setAccessibleText(Texts.text("clusters.reload"));
        reload.setOnAction(event -> read());
        HBox bar = new HBox(12, heading, space, reload);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("toolbar");
        problems.setId("clusters-problems");
        problems.setWrapText(true);
        problems.setMaxWidth(Double.MAX_VALUE);
        problems.getStyleClass().add("banner");
        problems.managedProperty().bind(problems.visibleProperty());
        problems.setVisible(false);
        cards.getStyleClass().add("cards");
        ScrollPane scroll = new ScrollPane(cards);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setAccessibleText(Texts.text("screen.clusters"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        root = new VBox(bar, problems, scroll);
        root.getStyleClass().add("objects-pane");
    }

    /** The screen; it needs no object. */
    public static Screen screen(Settings settings, ClusterWindows windows) {
        return new Screen(
                TYPE,
                (place, context) -> new ClustersPage(context, settings, windows),
                List.of(),
                true);
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
        return Place.of(TYPE);
    }

    @Override
    public void focus() {
        Node first = root.lookup(".cluster-open");
        (first == null ? reload : first).requestFocus();
    }

    @Override
    public void shown() {
        read();
    }

    @Override
    public List<Command> commands() {
        return List.of(new Command("reload", "Shortcut+R F5", this::read));
    }

    private void read() {
        Thread.ofVirtual()
                .name("kubeconfig")
                .start(() -> {
                    KubeConfigs read = KubeConfigs.read(windows.files());
                    context.pulse().execute(() -> show(read));
                });
    }

    private void show(KubeConfigs configs) {
        problems.setText(String.join("\n", configs.problems()));
        problems.setVisible(!configs.problems().isEmpty());
        cards.getChildren().setAll(here(context.cluster()));
        String server = context.cluster().endpoint().toString();
        for (KubeContext each : configs.contexts()) {
            if (!each.server().equals(server)) {
                ClusterCard card = new ClusterCard(each, marks(each));
                card.onOpen(() -> open(each, card));
                card.onMarks(marks -> keep(each, marks));
                cards.getChildren().add(card.view());
            }
        }
    }

    private static Node here(Cluster cluster) {
        Label name = new Label(cluster.name());
        name.getStyleClass().add("card-title");
        Label server = new Label(cluster.endpoint().toString());
        server.getStyleClass().add("hint");
        Label here = new Label(Texts.text("clusters.here"));
        here.getStyleClass().add("hint");
        VBox card = new VBox(8, name, server, here);
        card.getStyleClass().add("card");
        card.setPrefWidth(ClusterCard.WIDTH);
        return card;
    }

    private void open(KubeContext wanted, ClusterCard card) {
        card.busy(Texts.text("clusters.opening"));
        windows.open(
                wanted,
                marks(wanted),
                () -> card.idle(""),
                reason -> {
                    card.idle(reason);
                    context.notices().failed(Texts.text("clusters.failed", wanted.name(), reason));
                });
    }

    private Access.Marks marks(KubeContext of) {
        ObjectNode marks = Json.objectAt(settings.section(MARKS), of.name());
        return marks == null
                ? Access.Marks.NONE
                : new Access.Marks(
                        marks.path("readOnly").asBoolean(false),
                        marks.path("protected").asBoolean(false));
    }

    private void keep(KubeContext of, Access.Marks marks) {
        ObjectNode all = settings.section(MARKS);
        all.putObject(of.name())
                .put("readOnly", marks.readOnly())
                .put("protected", marks.guarded());
        settings.put(MARKS, all);
    }
}
