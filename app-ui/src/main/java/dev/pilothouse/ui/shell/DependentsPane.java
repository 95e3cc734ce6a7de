package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Deletion.Propagation;
import dev.pilothouse.ui.action.Dependents;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.Background;
import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What goes with objects that are to be deleted, as soon as it is known. JavaFX thread only. */
final class DependentsPane {

    private final Cluster cluster;
    private final List<Kind> kinds;
    private final Executor pulse;
    private final List<ObjectRef> objects;
    private final Label title = new Label(Texts.text("delete.with.looking"));
    private final ObjectNames names = new ObjectNames("delete-dependents", List.of());
    private final VBox root = new VBox(6, title, names.view());
    private @Nullable List<ObjectRef> found;
    private @Nullable Thread looking;
    private Propagation propagation = Propagation.BACKGROUND;

    DependentsPane(Cluster cluster, List<Kind> kinds, Executor pulse, List<ObjectRef> objects) {
        this.cluster = cluster;
        this.kinds = List.copyOf(kinds);
        this.pulse = pulse;
        this.objects = objects;
        title.setId("delete-with");
        title.setWrapText(true);
        names.view().setVisible(false);
        names.view().managedProperty().bind(names.view().visibleProperty());
    }

    VBox view() {
        return root;
    }

    /** Begins to look. */
    void start() {
        looking =
                Background.start(
                        "dependents",
                        pulse,
                        () -> {
                            List<ObjectRef> all = Dependents.of(cluster, kinds, objects);
                            pulse.execute(() -> {
                                found = all;
                                show(propagation);
                            });
                        },
                        reason -> title.setText(Texts.text("delete.with.failed", reason)));
    }

    /** Says what becomes of them when they are deleted so. */
    void show(Propagation now) {
        propagation = now;
        List<ObjectRef> all = found;
        if (all == null) {
            return;
        }
        if (all.isEmpty()) {
            title.setText(Texts.text("delete.with.none"));
            return;
        }
        title.setText(
                Texts.text(
                        now == Propagation.ORPHAN ? "delete.with.stay" : "delete.with.some",
                        all.size()));
        names.show(all, true);
        names.view().setVisible(true);
        if (root.getScene() != null && root.getScene().getWindow() != null) {
            root.getScene().getWindow().sizeToScene();
        }
    }

    /** Looks no longer. */
    void close() {
        if (looking != null) {
            looking.interrupt();
        }
    }
}
