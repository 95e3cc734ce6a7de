package dev.pilothouse.ui.yaml;

import dev.pilothouse.model.codec.YamlScalars;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.databind.node.NullNode;

/** Reads one document with the place of each value. */
final class YamlParser {

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(16 << 20).build();
    private static final int DEEPEST = 500;
    private static final int EVERY = 256;
    private static final int[] NONE = {};
    private static final int MOST_ALIASES = 1_000;

    private final String text;
    private final Span part;
    private final String source;

    /** Offsets of every so manieth code point; empty when each of them is one char. */
    private final int[] offsets;

    private final int points;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int aliases;

    private YamlParser(String text, Span part) {
        this.text = text;
        this.part = part;
        this.source = text.substring(part.start(), part.end());
        this.points = source.codePointCount(0, source.length());
        this.offsets = points == source.length() ? NONE : offsets(source, points);
    }

    static YamlDocument parse(String text, Span part) {
        var parser = new YamlParser(text, part);
        return new YamlDocument(part, parser.root(), parser.problems);
    }

    /** Something that ends the reading and has been told. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private @Nullable YamlNode root() {
        try {
            Iterator<Event> events = new Parse(SETTINGS).parseString(source).iterator();
            YamlNode root = null;
            while (events.hasNext()) {
                Event event = events.next();
                if (event instanceof NodeEvent node) {
                    root = node(node, events, 0);
                }
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Span span =
                    e.getProblemMark()
                            .or(e::getContextMark)
                            .map(mark -> lineFrom(offset(mark)))
                            .orElse(lineFrom(0));
            problems.add(Problem.error(text, span, Texts.text("yaml.syntax", e.getProblem())));
        } catch (Unreadable e) {
            // Told where it was found.
        } catch (RuntimeException e) {
            // The parser lets plain runtime exceptions through for some malformed input.
            problems.add(
                    Problem.error(
                            text,
                            lineFrom(0),
                            Texts.text("yaml.syntax", String.valueOf(e.getMessage()))));
        }
        return null;
    }

    private YamlNode node(NodeEvent event, Iterator<Event> events, int depth) {
        if (depth > DEEPEST) {
            throw unreadable(span(event), Texts.text("yaml.tooDeep"));
        }
        YamlNode node =
                switch (event) {
                    case AliasEvent alias -> alias(alias);
                    case ScalarEvent scalar -> scalar(scalar);
                    case CollectionStartEvent start
                            when start.getEventId() == Event.ID.MappingStart ->
                            mapping(start, events, depth + 1);
                    case CollectionStartEvent start -> sequence(start, events, depth + 1);
                    default -> throw unreadable(span(event), Texts.text("yaml.syntax", event));
                };
        Optional<Anchor> anchor = event.getAnchor();
        if (anchor.isPresent() && !(event instanceof AliasEvent)) {
            anchors.put(anchor.get(), node);
        }
        return node;
    }

    private YamlNode alias(AliasEvent alias) {
        YamlNode target = anchors.get(alias.getAlias());
        if (target == null || ++aliases > MOST_ALIASES) {
            throw unreadable(span(alias), Texts.text("yaml.noAnchor", alias.getAlias().getValue()));
        }
        // Where it is used counts, what it holds stays where it is.
        return switch (target) {
            case YamlNode.Scalar scalar ->
                    new YamlNode.Scalar(span(alias), scalar.json(), scalar.block());
            case YamlNode.Mapping mapping ->
                    new YamlNode.Mapping(span(alias), true, mapping.entries());
            case YamlNode.Sequence sequence ->
                    new YamlNode.Sequence(span(alias), true, sequence.items());
        };
    }

    private YamlNode scalar(ScalarEvent scalar) {
        Span span = span(scalar);
        boolean block =
                scalar.getScalarStyle() == ScalarStyle.LITERAL
                        || scalar.getScalarStyle() == ScalarStyle.FOLDED;
        try {
            return new YamlNode.Scalar(span, YamlScalars.resolve(scalar), block);
        } catch (RuntimeException e) {
            problems.add(Problem.error(text, span, String.valueOf(e.getMessage())));
            return new YamlNode.Scalar(span, NullNode.getInstance(), block);
        }
    }

    private YamlNode sequence(CollectionStartEvent start, Iterator<Event> events, int depth) {
        List<YamlNode> items = new ArrayList<>();
        Event event = events.next();
        while (event instanceof NodeEvent node) {
            items.add(node(node, events, depth));
            event = events.next();
        }
        Span span = around(start, event, items);
        return new YamlNode.Sequence(span, start.isFlow(), items);
    }

    private YamlNode mapping(CollectionStartEvent start, Iterator<Event> events, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Event event = events.next();
        while (event instanceof NodeEvent node) {
            Span keySpan = span(node);
            String key = key(node, events, depth);
            YamlNode value = node((NodeEvent) events.next(), events, depth);
            if (!keys.add(key)) {
                problems.add(Problem.error(text, keySpan, Texts.text("yaml.duplicate", key)));
            }
            entries.add(new YamlNode.Entry(key, keySpan, value));
            event = events.next();
        }
        Span span = around(start, event, entries.stream().map(YamlNode.Entry::value).toList());
        return new YamlNode.Mapping(span, start.isFlow(), entries);
    }

    private String key(NodeEvent event, Iterator<Event> events, int depth) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        problems.add(Problem.error(text, span(event), Texts.text("yaml.key")));
        return node(event, events, depth).json().toString();
    }

    /** Blocks end with their last value: the parser's mark stands at what comes next. */
    private Span around(CollectionStartEvent start, Event end, List<YamlNode> children) {
        int from = offset(start.getStartMark());
        int to =
                start.isFlow() || children.isEmpty()
                        ? offset(end.getEndMark())
                        : children.getLast().span().end();
        return new Span(from, to);
    }

    private Span span(Event event) {
        return new Span(offset(event.getStartMark()), offset(event.getEndMark()));
    }

    private int offset(Optional<Mark> mark) {
        return mark.map(this::offset).orElse(part.start());
    }

    private int offset(Mark mark) {
        int index = Math.min(mark.getIndex(), points);
        if (offsets.length == 0) {
            return part.start() + index;
        }
        int near = offsets[index / EVERY];
        return part.start() + source.offsetByCodePoints(near, index % EVERY);
    }

    /** So that finding a place takes as long in a long text as in a short one. */
    private static int[] offsets(String source, int points) {
        int[] offsets = new int[points / EVERY + 1];
        int at = 0;
        for (int i = 1; i < offsets.length; i++) {
            at = source.offsetByCodePoints(at, EVERY);
            offsets[i] = at;
        }
        return offsets;
    }

    private Span lineFrom(int offset) {
        int start = Math.clamp(offset, part.start(), Math.max(part.start(), part.end()));
        int end = Math.min(Lines.end(text, start), part.end());
        return end > start ? new Span(start, end) : new Span(Lines.start(text, start), start);
    }

    private Unreadable unreadable(Span span, String message) {
        problems.add(Problem.error(text, span, message));
        return new Unreadable();
    }
}
