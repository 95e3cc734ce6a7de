package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Grid;
import dev.pilothouse.ui.detail.Section.Line;
import java.util.ArrayList;
import java.util.List;

/** What fits beside a list: how the object is and what happened to it, in two columns. */
final class Compact {

    private static final int MOST_EVENTS = 12;

    private Compact() {}

    static List<Section> of(DetailData data) {
        List<Section> sections = new ArrayList<>(Sections.own(data));
        sections.addAll(Sections.conditions(data));
        sections.add(Sections.summary(data));
        sections.add(Sections.events(data));
        sections.addAll(Sections.metadata(data));
        return sections.stream().map(Compact::narrow).toList();
    }

    /** A line of a grid becomes a fact: its first cell the name, the others the value. */
    private static Section narrow(Section section) {
        if (!(section.content() instanceof Grid grid) || grid.lines().isEmpty()) {
            return section;
        }
        List<Fact> facts = new ArrayList<>();
        for (Line line : grid.lines().subList(0, Math.min(MOST_EVENTS, grid.lines().size()))) {
            List<String> rest =
                    line.cells().subList(1, line.cells().size()).stream()
                            .filter(cell -> !cell.isEmpty())
                            .toList();
            facts.add(Fact.of(line.cells().getFirst(), String.join(" \u00b7 ", rest), line.tone()));
        }
        return new Section(section.title(), new Facts(facts));
    }
}
