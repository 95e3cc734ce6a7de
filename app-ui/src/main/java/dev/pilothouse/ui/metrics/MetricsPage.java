package dev.pilothouse.ui.metrics;

import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.PageStatus;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;

/** The charts of an object or of the whole cluster as a page. JavaFX thread. */
final class MetricsPage implements Page {

    private final Place place;
    private final UsageCharts charts;
    private final ObservableValue<Title> title;

    MetricsPage(Place place, Context context) {
        this.place = place;
        ObjectRef object = place.object();
        charts = new UsageCharts(context, object, place.state("span"));
        charts.view().setId("metrics");
        String name = object == null ? Texts.text("metrics.cluster") : object.name();
        title =
                new SimpleObjectProperty<>(
                        Title.of(name, Texts.text("metrics.title", name), "metrics"));
    }

    @Override
    public ObservableValue<Title> title() {
        return title;
    }

    @Override
    public ObservableValue<PageStatus> status() {
        return charts.status();
    }

    @Override
    public Parent view() {
        return charts.view();
    }

    @Override
    public Place place() {
        return place.withState("span", charts.span());
    }

    @Override
    public void focus() {
        charts.focus();
    }

    @Override
    public void shown() {
        charts.start();
    }

    @Override
    public void hidden() {
        charts.stop();
    }
}
