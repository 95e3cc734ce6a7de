package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.Background;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.feed.LogTarget;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.PageStatus;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The page of the logs of an object's pods: finds out which those are, then shows the lines. */
final class LogPage implements Page {

    private final Place place;
    private final Context context;
    private final ReadOnlyObjectWrapper<Title> title;
    private final SimpleObjectProperty<PageStatus> status =
            new SimpleObjectProperty<>(PageStatus.NONE);
    private final StackPane root = new StackPane();
    private @Nullable LogModel model;
    private @Nullable LogPane pane;
    private boolean visible;
    private boolean closed;

    LogPage(Place place, Context context) {
        this.place = place;
        this.context = context;
        ObjectRef object = place.object();
        String names = place.value("names");
        if (object == null && names.isEmpty()) {
            throw new IllegalArgumentException("logs need pods");
        }
        String name = object == null ? names.replace(",", ", ") : object.name();
        String hint =
                place.value("namespace").isEmpty()
                        ? Texts.text("logs.title", name)
                        : Texts.text("logs.titleInNamespace", name, place.value("namespace"));
        title = new ReadOnlyObjectWrapper<>(Title.of(name, hint, "logs"));
        root.setId("logs");
        root.getStyleClass().add("logs");
        root.setAccessibleText(hint);
        if (object == null) {
            open(LogTarget.pods(place.value("namespace"), Set.of(names.split(","))));
        } else if (object.kind().resource().equals("pods")) {
            open(LogTarget.pod(object.namespace(), object.name()));
        } else {
            find(object);
        }
    }

    private void find(ObjectRef object) {
        root.getChildren().setAll(new Label(Texts.text("logs.finding")));
        String kind = object.kind().kind();
        var _ =
                Background.start(
                        "logs-target",
                        context.pulse(),
                        () -> {
                            ObjectNode live =
                                    context.cluster()
                                            .object(
                                                    object.kind(),
                                                    object.namespace(),
                                                    object.name());
                            try {
                                LogTarget target = LogTarget.of(live, kind);
                                context.pulse().execute(() -> open(target));
                            } catch (IllegalArgumentException e) {
                                throw new IOException(Texts.text("logs.noSelector", kind), e);
                            }
                        },
                        reason -> failed(object, reason));
    }

    private void failed(ObjectRef object, String reason) {
        var heading = new Label(Texts.text("logs.failed"));
        heading.getStyleClass().add("empty-title");
        var text = new Label(reason);
        text.setWrapText(true);
        text.getStyleClass().add("empty-text");
        var again = new Button(Texts.text("retry"));
        again.setOnAction(_ -> find(object));
        var box = new VBox(8, heading, text, again);
        box.getStyleClass().add("empty");
        box.setAlignment(javafx.geometry.Pos.CENTER);
        root.getChildren().setAll(box);
    }

    private void open(LogTarget pods) {
        if (closed) {
            return;
        }
        LogTarget target = pods.onlyContainer(place.value("container"));
        var opened =
                new LogModel(
                        context.cluster(),
                        target,
                        place.state("previous").equals("true"),
                        CacheDirectory.logs(),
                        context.pulse());
        opened.pause(!visible);
        var shown = new LogPane(opened, context.pulse());
        model = opened;
        pane = shown;
        opened.onChange(() -> {
            status.set(
                    new PageStatus(
                            Texts.text("logs.count", opened.total()),
                            Texts.text("logs.bytes", opened.bytes() / 1e6)));
        });
        root.getChildren().setAll(shown.view());
    }

    @Override
    public ObservableValue<Title> title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public ObservableValue<PageStatus> status() {
        return status;
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        return model == null
                ? place
                : place.withState("previous", model.isPrevious() ? "true" : "");
    }

    @Override
    public void focus() {
        if (pane != null) {
            pane.focus();
        }
    }

    @Override
    public List<Command> commands() {
        return pane == null ? List.of() : pane.commands();
    }

    @Override
    public void shown() {
        visible = true;
        if (model != null) {
            model.pause(false);
        }
    }

    @Override
    public void hidden() {
        visible = false;
        if (model != null) {
            model.pause(true);
        }
    }

    @Override
    public void close() {
        closed = true;
        if (model != null) {
            model.close();
        }
    }
}
