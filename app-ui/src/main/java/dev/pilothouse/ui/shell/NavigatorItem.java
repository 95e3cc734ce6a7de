package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;

/** A line of the navigator. */
sealed interface NavigatorItem {

    /** The text shown. */
    String title();

    /** A heading. */
    record Heading(Section section) implements NavigatorItem {
        @Override
        public String title() {
            return section.title();
        }

        @Override
        public String toString() {
            return title();
        }
    }

    /**
     * A kind.
     *
     * @param ambiguous whether another group has a kind of the same name
     */
    record Entry(Kind kind, boolean ambiguous) implements NavigatorItem {
        @Override
        public String title() {
            return kind.kind();
        }

        @Override
        public String toString() {
            return title();
        }
    }

    /** A page that needs no object, such as the overview. */
    record Standing(String type) implements NavigatorItem {
        @Override
        public String title() {
            return Texts.text("screen." + type);
        }

        @Override
        public String toString() {
            return title();
        }
    }

    /**
     * A page that the user has saved.
     *
     * @param at its place among them
     * @param keys that open it, as people read them; may be empty
     */
    record View(int at, String name, String keys) implements NavigatorItem {
        @Override
        public String title() {
            return name;
        }

        @Override
        public String toString() {
            return title();
        }
    }
}
