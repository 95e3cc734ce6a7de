package dev.pilothouse.ui.palette;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.workbench.Where;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Shows a palette in which all objects of a cluster can be found. JavaFX thread only. */
public final class Searches {

    private Searches() {}

    /**
     * Shows the palette; objects come in while it is open.
     *
     * @param offered what else it offers
     * @param open opens an object that was chosen
     */
    public static void show(
            Palette palette,
            List<Entry> offered,
            Cluster cluster,
            List<Kind> kinds,
            Executor pulse,
            BiConsumer<ObjectRef, Where> open) {
        ObjectSearch search =
                new ObjectSearch(
                        cluster,
                        kinds,
                        pulse,
                        part ->
                                palette.add(
                                        part.stream().map(object -> entry(object, open)).toList()),
                        () -> palette.searching(false));
        palette.show(offered, "", search::close);
        palette.searching(true);
    }

    private static Entry entry(ObjectRef object, BiConsumer<ObjectRef, Where> open) {
        return new Entry(
                object.kind().kind(),
                object.name(),
                object.namespace(),
                "",
                0,
                where -> open.accept(object, where));
    }
}
