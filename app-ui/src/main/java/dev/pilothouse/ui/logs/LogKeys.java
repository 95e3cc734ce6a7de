package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.logs.store.LogView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the lines: arrows or j and k, pages, ends, n and N for hits, m for bookmarks, Space
 * to follow.
 */
final class LogKeys {

    private final LogCanvas lines;
    private final LogModel model;

    /** Where to go once something is found; null to stay. */
    private @Nullable Boolean wanted;

    LogKeys(LogCanvas lines, LogModel model) {
        this.lines = lines;
        this.model = model;
    }

    void install() {
        lines.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (pressed(event)) {
                        event.consume();
                    }
                });
        lines.addEventHandler(
                KeyEvent.KEY_TYPED,
                event -> {
                    if (!event.isShortcutDown()
                            && !event.isAltDown()
                            && typed(event.getCharacter())) {
                        event.consume();
                    }
                });
    }

    private boolean pressed(KeyEvent event) {
        boolean extend = event.isShiftDown();
        switch (event.getCode()) {
            case UP -> lines.step(-1, extend);
            case DOWN -> lines.step(1, extend);
            case PAGE_UP -> lines.scrollTo(lines.window()[0] - lines.pageLines());
            case PAGE_DOWN -> lines.scrollTo(lines.window()[0] + lines.pageLines());
            case HOME -> lines.scrollTo(0);
            case END -> lines.follow(true);
            case LEFT -> lines.sideways(-8);
            case RIGHT -> lines.sideways(8);
            case F3 -> next(!extend);
            case SPACE -> lines.follow(!lines.isFollowing());
            default -> {
                boolean copy = event.isShortcutDown() && event.getCode() == KeyCode.C;
                if (copy) {
                    lines.copy();
                }
                return copy;
            }
        }
        return true;
    }

    private boolean typed(String character) {
        switch (character) {
            case "j" -> lines.step(1, false);
            case "k" -> lines.step(-1, false);
            case "n" -> next(true);
            case "N" -> next(false);
            case "m" -> {
                if (lines.current() >= 0) {
                    model.toggleBookmark(lines.current());
                }
            }
            case "'" -> bookmark(true);
            case "\"" -> bookmark(false);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Goes to the next place where the search is found. */
    void next(boolean forward) {
        LogView hits = model.hits();
        if (hits != null && hits.size() == 0) {
            wanted = forward;
        } else if (hits != null) {
            wanted = null;
            lines.reveal(model.hit(from(), forward));
        }
    }

    /** There may be a first hit now, for which somebody waits. */
    void found() {
        if (wanted != null) {
            next(wanted);
        }
    }

    /** Something else is searched. */
    void searched() {
        wanted = null;
    }

    /** Goes to the next bookmark. */
    void bookmark(boolean forward) {
        Integer id = model.bookmark(Math.max(0, from()), forward);
        if (id != null) {
            lines.reveal(id);
        }
    }

    /** From the current line, or else from the top of the screen. */
    private int from() {
        if (lines.current() >= 0 || lines.size() == 0) {
            return Math.max(0, lines.current());
        }
        var view = model.view();
        return view == null ? 0 : view.id(Math.min(lines.window()[0], view.size() - 1));
    }
}
