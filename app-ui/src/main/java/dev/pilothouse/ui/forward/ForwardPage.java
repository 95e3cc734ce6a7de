package dev.pilothouse.ui.forward;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.forward.engine.Forward;
import dev.pilothouse.ui.forward.engine.ForwardManager;
import dev.pilothouse.ui.forward.engine.ForwardManager.Entry;
import dev.pilothouse.ui.forward.engine.ForwardSpec;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.PageStatus;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The list of forwarded ports, and the form for a new one. JavaFX thread. */
final class ForwardPage implements Page {

    private final ForwardManager manager;
    private final Context context;
    private final ReadOnlyObjectWrapper<Title> title =
            new ReadOnlyObjectWrapper<>(
                    Title.of(
                            Texts.text("screen.forwards"), Texts.text("forward.hint"), "forwards"));
    private final SimpleObjectProperty<PageStatus> status =
            new SimpleObjectProperty<>(PageStatus.NONE);
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ForwardForm form;
    private final VBox rows = new VBox();
    private final VBox empty = new VBox(8);
    private final VBox root;
    private final Runnable listener = this::changed;
    private boolean visible;

    ForwardPage(ForwardManager manager, Context context) {
        this.manager = manager;
        this.context = context;
        form = new ForwardForm(this::add);
        var heading = new Label(Texts.text("forward.none"));
        heading.getStyleClass().add("empty-title");
        var hint = new Label(Texts.text("forward.none.hint"));
        hint.getStyleClass().add("empty-text");
        hint.setWrapText(true);
        empty.getChildren().setAll(heading, hint);
        empty.getStyleClass().add("empty");
        empty.setAlignment(Pos.CENTER);
        rows.getStyleClass().add("forward-rows");
        var scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("forward-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox.setVgrow(empty, Priority.ALWAYS);
        scroll.managedProperty().bind(empty.visibleProperty().not());
        root = new VBox(form.view(), empty, scroll);
        root.setId("forwards");
        root.getStyleClass().add("forwards");
        empty.managedProperty().bind(empty.visibleProperty());
        manager.onChange(listener);
        show();
    }

    /** Asks how a port of an object is to be forwarded. */
    void ask(ObjectRef object, List<String> ports) {
        form.ask(object, ports);
    }

    private void add(ForwardSpec spec) {
        Entry entry = manager.add(spec);
        Forward forward = entry.forward();
        if (forward != null) {
            context.notices()
                    .done(
                            Texts.text(
                                    "forward.added",
                                    String.valueOf(forward.port()),
                                    spec.describe()));
        }
    }

    private void changed() {
        if (pending.compareAndSet(false, true)) {
            context.pulse()
                    .execute(() -> {
                        pending.set(false);
                        if (visible) {
                            show();
                        }
                    });
        }
    }

    private void show() {
        List<Entry> entries = manager.entries();
        // Rows are kept: the keyboard stays where it is.
        while (rows.getChildren().size() > entries.size()) {
            rows.getChildren().removeLast();
        }
        for (int i = 0; i < entries.size(); i++) {
            if (i == rows.getChildren().size()) {
                rows.getChildren().add(new ForwardRow(manager));
            }
            ((ForwardRow) rows.getChildren().get(i)).show(entries.get(i));
        }
        empty.setVisible(entries.isEmpty());
        long open = entries.stream().filter(entry -> entry.forward() != null).count();
        status.set(new PageStatus(Texts.text("forward.count", open), ""));
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
        return Place.of(Forwards.TYPE);
    }

    @Override
    public void focus() {
        if (!form.focus() && !rows.getChildren().isEmpty()) {
            rows.getChildren().getFirst().requestFocus();
        }
    }

    @Override
    public void shown() {
        visible = true;
        show();
    }

    @Override
    public void hidden() {
        visible = false;
    }

    @Override
    public void close() {
        manager.leave(listener);
    }
}
