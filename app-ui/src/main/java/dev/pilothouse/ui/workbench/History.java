package dev.pilothouse.ui.workbench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places a user has been to, and the way back and forward among them. */
final class History {

    private static final int MOST = 100;

    private final List<Place> places = new ArrayList<>();
    private int at = -1;

    /** The user is at a place now; whatever was forward of the last one is forgotten. */
    void visit(Place place) {
        if (at >= 0 && places.get(at).isSameAs(place)) {
            places.set(at, place);
            return;
        }
        places.subList(at + 1, places.size()).clear();
        places.add(place);
        if (places.size() > MOST) {
            places.removeFirst();
        }
        at = places.size() - 1;
    }

    /** Notes in which state a place was left. */
    void left(Place place) {
        if (at >= 0 && places.get(at).isSameAs(place)) {
            places.set(at, place);
        }
    }

    /** Goes some steps, negative for back; null when there are not so many. */
    @Nullable Place go(int steps) {
        int wanted = at + steps;
        if (wanted < 0 || wanted >= places.size()) {
            return null;
        }
        at = wanted;
        return places.get(at);
    }

    boolean canGo(int steps) {
        return at + steps >= 0 && at + steps < places.size();
    }
}
