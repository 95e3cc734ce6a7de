package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.ExtraColumn;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.resource.Grouping;
import dev.pilothouse.ui.resource.ObjectTable;
import dev.pilothouse.ui.workbench.Place;
import java.util.Arrays;
import java.util.List;

/**
 * How the user has arranged a list: its columns, also those made by expressions, and its groups.
 * Kept for each kind. JavaFX thread only.
 */
final class Arrangement {

    private final ObjectTable table;
    private final ListSettings settings;
    private List<ExtraColumn> extra = List.of();

    Arrangement(ObjectTable table, ListSettings settings) {
        this.table = table;
        this.settings = settings;
    }

    /** The columns that the user has made. */
    List<ExtraColumn> extra() {
        return extra;
    }

    /** Has others of them, from the next list on. */
    void extra(List<ExtraColumn> wanted) {
        extra = List.copyOf(wanted);
    }

    /** As it is now. */
    ListLook look() {
        return new ListLook(extra, table.look(), table.grouping());
    }

    /** Remembers for a kind how it is now. */
    void keep(Kind kind) {
        settings.keep(kind, look());
    }

    /**
     * Arranges the list as a place says.
     *
     * @param anew whether it is as the kind was left last, when the place says nothing
     */
    void take(Place place, Kind kind, boolean anew) {
        if (place.state().containsKey(Lists.LOOK)) {
            arrange(ListLook.parse(place.state(Lists.LOOK)), kind);
        } else if (anew) {
            arrange(settings.look(kind), kind);
        }
    }

    private void arrange(ListLook look, Kind kind) {
        extra = look.extra();
        table.look(look.table());
        table.groupBy(look.group().fits(kind) ? look.group() : Grouping.NONE);
    }

    /** Groups by the next thing that a kind can be grouped by. */
    void turnGrouping(Kind kind) {
        List<Grouping> possible =
                Arrays.stream(Grouping.values()).filter(by -> by.fits(kind)).toList();
        int next = (possible.indexOf(table.grouping()) + 1) % possible.size();
        table.groupBy(possible.get(next));
    }
}
