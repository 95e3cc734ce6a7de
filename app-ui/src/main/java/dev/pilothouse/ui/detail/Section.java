package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.cluster.ObjectRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a detail page, as data.
 *
 * @param title its heading
 * @param content what stands below
 */
record Section(String title, Content content) {

    /** How something is. */
    enum Tone {
        PLAIN,
        GOOD,
        WAITING,
        BAD
    }

    /** What stands below a heading. */
    sealed interface Content {}

    /** Names and values. */
    record Facts(List<Fact> facts) implements Content {
        Facts {
            facts = List.copyOf(facts);
        }
    }

    /**
     * A name and its value.
     *
     * @param link the object that the value names, or null
     * @param secret whether the value is only shown when asked for
     */
    record Fact(String name, String value, Tone tone, @Nullable ObjectRef link, boolean secret) {
        static Fact of(String name, String value) {
            return new Fact(name, value, Tone.PLAIN, null, false);
        }

        static Fact of(String name, String value, Tone tone) {
            return new Fact(name, value, tone, null, false);
        }

        static Fact link(String name, String value, @Nullable ObjectRef link) {
            return new Fact(name, value, Tone.PLAIN, link, false);
        }

        static Fact secret(String name, String value) {
            return new Fact(name, value, Tone.PLAIN, null, true);
        }
    }

    /** Lines of cells under headings. */
    record Grid(List<String> columns, List<Line> lines, String empty) implements Content {
        Grid {
            columns = List.copyOf(columns);
            lines = List.copyOf(lines);
        }
    }

    /**
     * A line.
     *
     * @param link the object that it stands for, or null
     * @param depth how far it is moved in, as in a tree
     */
    record Line(List<String> cells, Tone tone, @Nullable ObjectRef link, int depth) {
        Line {
            cells = List.copyOf(cells);
        }

        static Line of(String... cells) {
            return new Line(List.of(cells), Tone.PLAIN, null, 0);
        }

        static Line of(Tone tone, @Nullable ObjectRef link, String... cells) {
            return new Line(List.of(cells), tone, link, 0);
        }
    }

    /** What happened when, in lanes over one axis. */
    record Timeline(Instant from, Instant to, List<Lane> lanes, List<Mark> marks)
            implements Content {
        Timeline {
            lanes = List.copyOf(lanes);
            marks = List.copyOf(marks);
        }

        /** What one of them did. */
        record Lane(String name, List<Span> spans) {
            Lane {
                spans = List.copyOf(spans);
            }
        }

        /**
         * A state for some time.
         *
         * @param running whether it ran, rather than waited
         * @param word what is written on it
         * @param detail a sentence more; may be empty
         */
        record Span(
                Instant from, Instant to, Tone tone, boolean running, String word, String detail) {}

        /** Something that happened. */
        record Mark(Instant at, Tone tone, String text) {}
    }

    /** How something is filled, one strip for each resource. */
    record Packing(List<Strip> strips) implements Content {
        Packing {
            strips = List.copyOf(strips);
        }

        /**
         * One resource.
         *
         * @param text how much is set aside and used of how much
         */
        record Strip(String name, String text, List<Piece> pieces) {
            Strip {
                pieces = List.copyOf(pieces);
            }
        }

        /**
         * One of those that fill it.
         *
         * @param wanted the share of the whole that is set aside for it
         * @param used the share that it uses
         */
        record Piece(String text, double wanted, double used, @Nullable ObjectRef link) {}
    }

    /** Shares of a whole. */
    record Bars(List<Bar> bars) implements Content {
        Bars {
            bars = List.copyOf(bars);
        }
    }

    /**
     * A share.
     *
     * @param share from 0 to 1, more when it is exceeded
     */
    record Bar(String name, double share, String text, Tone tone) {}
}
