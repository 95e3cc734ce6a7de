package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.MetricsApi;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.workbench.Where;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Parent;
import javafx.scene.control.ScrollPane;
import org.jspecify.annotations.Nullable;

/** The cluster at a glance, live while it is seen. JavaFX thread only. */
final class OverviewPage implements Page {

    private final Context context;
    private final Health health;
    private final RequestSection requests;
    private final OverviewView view;
    private final ScrollPane root;
    private final ReadOnlyObjectWrapper<Title> title;
    private @Nullable OverviewModel model;
    private @Nullable Thread measuring;
    private volatile int pods;

    OverviewPage(Context context, Health health) {
        this.context = context;
        this.health = health;
        requests =
                new RequestSection(
                        context.cluster().requests(),
                        context.pulse(),
                        () -> context.workbench().open(Place.of("requests"), Where.TAB));
        view = new OverviewView(new ViewActions(), requests.view());
        root = new ScrollPane(view.view());
        String name = Texts.text("screen.overview");
        title = new ReadOnlyObjectWrapper<>(Title.of(name, name, "overview"));
        root.setId("overview");
        root.setFitToWidth(true);
        root.getStyleClass().addAll("edge-to-edge", "section-scroll");
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
        return Place.of(Overviews.TYPE);
    }

    @Override
    public void shown() {
        List<Kind> kinds = context.kinds().get();
        model =
                new OverviewModel(
                        context.cluster(),
                        health,
                        context.pulse(),
                        InstantSource.system(),
                        this::show);
        model.start(kinds);
        requests.follow();
        kinds.stream()
                .filter(kind -> kind.kind().equals("Node"))
                .findFirst()
                .ifPresent(this::measure);
    }

    @Override
    public void hidden() {
        if (model != null) {
            model.close();
            model = null;
            requests.leave();
        }
        if (measuring != null) {
            measuring.interrupt();
            measuring = null;
        }
    }

    private void show(OverviewModel.Snapshot snapshot) {
        if (model != null) {
            pods = snapshot.counts().getOrDefault("Pod", 0);
            view.show(snapshot);
        }
    }

    private void measure(Kind nodes) {
        measuring =
                Thread.ofVirtual()
                        .name("measure")
                        .start(() -> {
                            try {
                                while (true) {
                                    measureOnce(nodes);
                                    Thread.sleep(MetricsApi.MEASURED);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void measureOnce(Kind nodes) throws InterruptedException {
        try {
            Usage usage = Usage.read(context.cluster(), nodes, pods);
            context.pulse()
                    .execute(() -> {
                        view.show(usage);
                        tell();
                    });
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            context.pulse()
                    .execute(() -> {
                        view.noUsage(reason);
                        tell();
                    });
        }
    }

    private void tell() {
        if (model != null) {
            model.tell();
        }
    }

    private final class ViewActions implements OverviewView.Actions {
        @Override
        public void list(Kind kind, String filter) {
            context.workbench().open(Lists.of(kind).withState("filter", filter), Where.TAB);
        }

        @Override
        public void list(String kindName, String filter) {
            context.kinds().get().stream()
                    .filter(kind -> kind.kind().equals(kindName))
                    .findFirst()
                    .ifPresent(kind -> list(kind, filter));
        }

        @Override
        public void open(ObjectRef object) {
            context.actions().run(List.of(object), "detail", Where.TAB);
        }

        @Override
        public void openPod(String namespace, String name) {
            context.kinds().get().stream()
                    .filter(kind -> kind.kind().equals("Pod"))
                    .findFirst()
                    .ifPresent(kind -> open(ObjectRef.of(kind, namespace, name)));
        }

        @Override
        public boolean why(ObjectRef object, boolean ask) {
            return ask
                    ? object.kind().kind().equals("Pod")
                    : context.actions().run(List.of(object), "why", Where.TAB);
        }
    }
}
