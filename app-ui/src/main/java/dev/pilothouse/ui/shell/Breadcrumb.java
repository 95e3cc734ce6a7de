package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.clusters.ClustersPage;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.list.Lists;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Where the page that is seen stands: cluster, namespaces, kind, object; each of them leads there.
 * JavaFX thread only.
 */
final class Breadcrumb {

    private final String cluster;
    private final Consumer<Place> open;
    private final Runnable chooseNamespaces;

    /** Letters from which on a step may be cut. */
    private static final int LONG = 24;

    private static final double LEAST = 110;

    private final HBox root = new HBox(2);

    /** A step: its text, and where it leads. */
    private record Crumb(String id, String text, @Nullable Runnable go) {}

    /**
     * Of a window.
     *
     * @param cluster its name
     * @param open is told the place to show
     * @param chooseNamespaces lets the user choose those of the list that is seen
     */
    Breadcrumb(String cluster, Consumer<Place> open, Runnable chooseNamespaces) {
        this.cluster = cluster;
        this.open = open;
        this.chooseNamespaces = chooseNamespaces;
        root.setId("breadcrumb");
        root.getStyleClass().add("breadcrumb");
        root.setAlignment(Pos.CENTER_LEFT);
        root.setMinWidth(0);
        show(null);
    }

    Region view() {
        return root;
    }

    /** Shows where a page stands. */
    void show(@Nullable Page page) {
        List<Crumb> crumbs = new ArrayList<>();
        crumbs.add(new Crumb("cluster", cluster, () -> open.accept(Place.of(ClustersPage.TYPE))));
        if (page != null) {
            Place place = page.place();
            Kind kind = place.kind();
            if (kind == null) {
                crumbs.add(new Crumb("screen", page.title().getValue().text(), null));
            } else {
                add(crumbs, place, kind);
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Crumb crumb : crumbs) {
            if (!nodes.isEmpty()) {
                Label between = new Label("\u203a");
                between.getStyleClass().add("between");
                between.setMinWidth(Region.USE_PREF_SIZE);
                nodes.add(between);
            }
            nodes.add(node(crumb));
        }
        root.getChildren().setAll(nodes);
    }

    private void add(List<Crumb> crumbs, Place place, Kind kind) {
        ObjectRef object = place.object();
        boolean list = place.type().equals(Lists.TYPE);
        String namespaces = list ? Lists.namespaces(place) : place.value("namespace");
        if (kind.namespaced()) {
            String text =
                    namespaces.isEmpty()
                            ? Texts.text("namespace.all")
                            : namespaces.replace(",", ", ");
            Runnable go = list ? chooseNamespaces : () -> open.accept(Lists.in(kind, namespaces));
            crumbs.add(new Crumb("namespaces", text, go));
        }
        Runnable toList = list ? null : () -> open.accept(Lists.in(kind, namespaces));
        crumbs.add(new Crumb("kind", kind.kind(), toList));
        if (object != null) {
            crumbs.add(new Crumb("object", object.name(), null));
        }
    }

    /** Long names get what the short ones leave, and tell the rest when pointed at. */
    private static void fit(Labeled step) {
        boolean isLong = step.getText().length() > LONG;
        step.setMinWidth(isLong ? LEAST : Region.USE_PREF_SIZE);
        if (isLong) {
            step.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            step.setTooltip(new Tooltip(step.getText()));
        }
    }

    private static Node node(Crumb crumb) {
        Runnable go = crumb.go();
        if (go == null) {
            Label label = new Label(crumb.text());
            label.setId("crumb-" + crumb.id());
            fit(label);
            return label;
        }
        Hyperlink link = new Hyperlink(crumb.text());
        link.setId("crumb-" + crumb.id());
        fit(link);
        link.setAccessibleText(Texts.text("breadcrumb." + crumb.id(), crumb.text()));
        link.setOnAction(event -> {
            link.setVisited(false);
            go.run();
        });
        return link;
    }
}
