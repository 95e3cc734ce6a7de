package dev.pilothouse.ui.why;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectEvents;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.fx.Background;
import dev.pilothouse.ui.fx.Batch;
import dev.pilothouse.ui.fx.KeepFocus;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.theme.Glyphs;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.workbench.Where;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Why one pod is not running, live. JavaFX thread only. */
final class WhyPage implements Page {

    private final Place place;
    private final ObjectRef pod;
    private final Context context;
    private final WhyModel model;
    private final Set<Decision.Fix> fixing = new HashSet<>();
    private final VBox content = new VBox(16);
    private final BorderPane root = new BorderPane();
    private final ReadOnlyObjectWrapper<Title> title;
    private final Batch<Runnable> batch;
    private final Map<String, ObjectNode> events = new LinkedHashMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private @Nullable ObjectNode live;

    WhyPage(Place place, ObjectRef pod, Context context) {
        this.place = place;
        this.pod = pod;
        this.context = context;
        this.model = new WhyModel(context.cluster(), pod, context.pulse(), new ModelListener());
        this.batch = new Batch<>(context.pulse(), changes -> apply(changes.values()));
        String name = Texts.text("why.title", pod.name());
        title = new ReadOnlyObjectWrapper<>(Title.of(name, name, Glyphs.icon("", "Pod")));
        Label heading = new Label(name);
        heading.getStyleClass().add("detail-title");
        Label subtitle = new Label(Texts.text("editor.where", "Pod", pod.namespace()));
        subtitle.getStyleClass().add("detail-subtitle");
        VBox names = new VBox(2, heading, subtitle);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        Button details = new Button(Texts.text("verb.detail"));
        details.setId("why-detail");
        details.setMinWidth(Region.USE_PREF_SIZE);
        details.setOnAction(event -> context.actions().run(List.of(pod), "detail", Where.TAB));
        HBox top = new HBox(8, names, details);
        top.getStyleClass().add("page-heading");
        content.setId("why");
        content.getStyleClass().add("sections");
        say(Texts.text("why.looking"));
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "section-scroll");
        root.setTop(top);
        root.setCenter(scroll);
        root.getStyleClass().add("detail");
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
        return place;
    }

    @Override
    public void shown() {
        follow(
                pod.kind(),
                "fieldSelector=metadata.name%3D" + pod.name(),
                objects -> live = objects.values().stream().findFirst().orElse(null));
        context.kinds().get().stream()
                .filter(kind -> kind.kind().equals("Event") && kind.group().isEmpty())
                .findFirst()
                .ifPresent(kind ->
                        follow(
                                kind,
                                "fieldSelector=involvedObject.name%3D" + pod.name(),
                                objects -> {
                                    events.clear();
                                    events.putAll(objects);
                                }));
    }

    @Override
    public void hidden() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        model.stop();
    }

    private void apply(Iterable<Runnable> changes) {
        changes.forEach(Runnable::run);
        if (subscriptions.isEmpty()) {
            return;
        }
        if (live == null) {
            say(Texts.text("detail.gone", pod.name()));
        } else {
            model.look(live, List.copyOf(events.values()));
        }
    }

    private void follow(Kind kind, String query, Consumer<Map<String, ObjectNode>> found) {
        Map<String, ObjectNode> objects = new LinkedHashMap<>();
        subscriptions.add(
                context.cluster()
                        .followObjects(
                                kind,
                                pod.namespace(),
                                query,
                                new ObjectEvents() {
                                    @Override
                                    public void listed(List<ObjectNode> all) {
                                        objects.clear();
                                        all.forEach(this::keep);
                                        tell();
                                    }

                                    @Override
                                    public void changed(ObjectNode object) {
                                        keep(object);
                                        tell();
                                    }

                                    @Override
                                    public void removed(ObjectNode object) {
                                        objects.remove(Json.text(object, "metadata", "uid"));
                                        tell();
                                    }

                                    @Override
                                    public void connection(Connection state) {
                                        // The status bar says it for the list beside.
                                    }

                                    private void keep(ObjectNode object) {
                                        objects.put(Json.text(object, "metadata", "uid"), object);
                                    }

                                    private void tell() {
                                        Map<String, ObjectNode> copy = new LinkedHashMap<>(objects);
                                        batch.put(kind.resource(), () -> found.accept(copy));
                                    }
                                }));
    }

    private void say(String sentence) {
        Label label = new Label(sentence);
        label.setWrapText(true);
        content.getChildren().setAll(label);
    }

    private void ask(Decision.Fix fix) {
        context.actions().confirm("fix", List.of(pod), () -> fix(fix));
    }

    private void fix(Decision.Fix fix) {
        if (!fixing.add(fix)) {
            return;
        }
        FixRequests requests = new FixRequests(context.cluster(), context.kinds().get());
        String done = Texts.text("why.fixed", fix.description());
        var _ =
                Background.start(
                        "fix",
                        context.pulse(),
                        () -> {
                            requests.apply(pod, fix);
                            context.pulse().execute(() -> context.notices().done(done));
                        },
                        reason -> {
                            fixing.remove(fix);
                            context.notices().failed(Texts.text("why.notFixed", reason));
                        });
    }

    private final class ModelListener implements WhyModel.Listener {
        @Override
        public void found(WhyModel.Answer answer) {
            boolean readOnly = context.cluster().marks().readOnly();
            KeepFocus.during(
                    content,
                    () ->
                            content.getChildren()
                                    .setAll(
                                            WhyView.of(
                                                    answer, readOnly ? null : WhyPage.this::ask)));
        }

        @Override
        public void failed(String reason) {
            say(reason);
        }
    }
}
