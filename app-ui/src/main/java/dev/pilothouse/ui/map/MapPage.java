package dev.pilothouse.ui.map;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectEvents;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.fx.Batch;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.PageStatus;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.workbench.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import tools.jackson.databind.node.ObjectNode;

/** The map of the cluster, live while it is seen. JavaFX thread only. */
final class MapPage implements Page {

    private static final List<String> SHOWN =
            List.of(
                    "Pod",
                    "ReplicaSet",
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "Job",
                    "CronJob",
                    "Service");

    private final Context context;
    private final MapCanvas canvas = new MapCanvas(this::open);
    private final BorderPane root = new BorderPane(canvas.view());
    private final ReadOnlyObjectWrapper<Title> title;
    private final ReadOnlyObjectWrapper<PageStatus> status =
            new ReadOnlyObjectWrapper<>(PageStatus.NONE);
    private final Map<String, MapItem> items = new ConcurrentHashMap<>();
    private final AtomicBoolean planning = new AtomicBoolean();
    private final AtomicBoolean stale = new AtomicBoolean();
    private final Batch<MapLayout.Plan> plans;
    private final List<Subscription> subscriptions = new ArrayList<>();

    MapPage(Context context) {
        this.context = context;
        String name = Texts.text("screen.map");
        title = new ReadOnlyObjectWrapper<>(Title.of(name, name, "map"));
        plans =
                new Batch<>(
                        context.pulse(),
                        changes -> {
                            changes.values().forEach(canvas::show);
                            status.set(
                                    new PageStatus(Texts.text("status.objects", items.size()), ""));
                        });
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
        return Place.of(Maps.TYPE);
    }

    @Override
    public void focus() {
        canvas.view().requestFocus();
    }

    @Override
    public void shown() {
        for (Kind kind : context.kinds().get()) {
            boolean core =
                    kind.group().isEmpty()
                            || kind.group().equals("apps")
                            || kind.group().equals("batch");
            if (core && SHOWN.contains(kind.kind())) {
                subscriptions.add(
                        context.cluster().followObjects(kind, "", "", new Follower(kind)));
            }
        }
    }

    @Override
    public void hidden() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("mapIn", "+", () -> canvas.zoom(1.25)),
                new Command("mapOut", "-", () -> canvas.zoom(0.8)),
                new Command("mapFit", "0", canvas::fit));
    }

    private void open(MapLayout.Box box) {
        if (box.item() != null) {
            context.actions().run(List.of(box.item().ref()), "detail", Where.TAB);
        }
    }

    /** Places everything anew, off the JavaFX thread; what comes meanwhile is placed after that. */
    private void plan() {
        stale.set(true);
        if (planning.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("plan-map")
                    .start(() -> {
                        while (stale.getAndSet(false)) {
                            plans.put("plan", MapLayout.of(List.copyOf(items.values())));
                        }
                        planning.set(false);
                        if (stale.get()) {
                            plan();
                        }
                    });
        }
    }

    private final class Follower implements ObjectEvents {
        private final Kind kind;

        Follower(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void listed(List<ObjectNode> objects) {
            items.values().removeIf(item -> item.ref().kind().equals(kind));
            objects.forEach(this::keep);
            plan();
        }

        @Override
        public void changed(ObjectNode object) {
            MapItem now = MapItem.of(kind, object);
            if (!now.equals(items.put(now.ref().uid(), now))) {
                plan();
            }
        }

        @Override
        public void removed(ObjectNode object) {
            items.remove(Json.text(object, "metadata", "uid"));
            plan();
        }

        private void keep(ObjectNode object) {
            MapItem item = MapItem.of(kind, object);
            items.put(item.ref().uid(), item);
        }

        @Override
        public void connection(Connection state) {
            // The status bar says how the cluster answers.
        }
    }
}
