package dev.pilothouse.ui.workbench;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.ui.testing.Toolkit;
import dev.pilothouse.ui.theme.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tabs that are dragged by the mouse, and moved by the commands that do the same. */
class TabDragTest {

    private final List<String> told = new ArrayList<>();
    private Workbench workbench;
    private Stage stage;
    private Stage torn;

    @BeforeAll
    static void startToolkit() throws Exception {
        Toolkit.start();
        fx(() -> {
            Theme.LIGHT.apply();
            return null;
        });
    }

    @BeforeEach
    void openThreePages() throws Exception {
        fx(() -> {
            workbench = new Workbench(Note::new, this::window);
            stage = window(workbench.view());
            stage.show();
            for (String name : List.of("a", "b", "c")) {
                workbench.open(place(name), Where.TAB);
            }
            return null;
        });
        awaitLaidOut();
        told.clear();
    }

    @AfterEach
    void closeWindows() throws Exception {
        fx(() -> {
            workbench.close();
            stage.close();
            return null;
        });
    }

    @Test
    void tabsAreReordered() throws Exception {
        Bounds first = header("a");
        press("c");
        dragTo(first.getMinX() + 5, first.getCenterY());
        assertTrue(fx(() -> mark().getWidth() < 10));
        drop(first.getMinX() + 5, first.getCenterY());

        assertEquals("c a b", order());
        assertEquals("c", current());
        assertNoMark();
        assertEquals(List.of(), told, "the page that is moved is seen all the time");
        awaitLaidOut();

        Bounds last = header("b");
        press("c");
        dragTo(last.getMaxX() - 5, last.getCenterY());
        drop(last.getMaxX() - 5, last.getCenterY());
        assertEquals("a b c", order());
    }

    @Test
    void anUnsteadyHandOrEscapeMovesNothing() throws Exception {
        Bounds own = header("b");
        press("b");
        dragTo(own.getCenterX() + 3, own.getCenterY());
        assertNoMark();
        drop(own.getCenterX() + 3, own.getCenterY());
        assertEquals("a b c", order());

        Bounds first = header("a");
        press("b");
        dragTo(first.getMinX() + 5, first.getCenterY());
        assertNotNull(fx(this::mark));
        fx(() -> {
            Event.fireEvent(
                    stage.getScene().getRoot(),
                    new KeyEvent(
                            KeyEvent.KEY_PRESSED,
                            "",
                            "",
                            KeyCode.ESCAPE,
                            false,
                            false,
                            false,
                            false));
            return null;
        });
        assertNoMark();
        drop(first.getMinX() + 5, first.getCenterY());
        assertEquals("a b c", order());
    }

    @Test
    void anEdgeSplitsAndTheMiddleOfAnotherPaneTakesThePage() throws Exception {
        Bounds whole = pane("a");
        press("a");
        dragTo(whole.getMinX() + 10, whole.getCenterY());
        assertTrue(fx(() -> Math.abs(mark().getWidth() * 2 - whole.getWidth()) < 2));
        drop(whole.getMinX() + 10, whole.getCenterY());
        awaitLaidOut();
        SplitPane split = (SplitPane) fx(this::child);
        assertEquals(Orientation.HORIZONTAL, split.getOrientation());
        assertTrue(pane("a").getMinX() < pane("b").getMinX());
        assertEquals("a", current());
        assertTrue(told.contains("a shown"), told::toString);

        // Below, in the other pane.
        Bounds right = pane("c");
        press("b");
        dragTo(right.getCenterX(), right.getMaxY() - 5);
        drop(right.getCenterX(), right.getMaxY() - 5);
        awaitLaidOut();
        assertTrue(pane("b").getMinY() > pane("c").getMinY() + 50);

        // Into the middle: the pane that is empty then goes.
        Bounds left = pane("a");
        press("b");
        dragTo(left.getCenterX(), left.getCenterY());
        drop(left.getCenterX(), left.getCenterY());
        awaitLaidOut();
        assertEquals("b", current());
        assertEquals(List.of("a", "b"), fx(() -> names(workbench.neighbours(page("b")))));
        press("c");
        Bounds tabs = header("a");
        dragTo(tabs.getMinX() + 2, tabs.getCenterY());
        drop(tabs.getMinX() + 2, tabs.getCenterY());
        assertEquals("c a b", order());
        assertFalse(fx(this::child) instanceof SplitPane);
        assertFalse(told.toString().contains("closed"), told::toString);
    }

    @Test
    void outsideIsAWindowOfItsOwnAndItsTabComesBack() throws Exception {
        press("b");
        dragTo(stage.getX() + stage.getWidth() + 60, stage.getY() + 80);
        assertNoMark();
        drop(stage.getX() + stage.getWidth() + 60, stage.getY() + 80);
        awaitLaidOut();
        assertSame(fx(() -> torn.getScene()), fx(() -> page("b").view().getScene()));
        assertEquals(stage.getX() + stage.getWidth() + 60, torn.getX(), 1);
        assertEquals("b", current());

        // Alone in its window it is where it would go.
        press("b");
        dragTo(stage.getX() + stage.getWidth() + 500, stage.getY() + 300);
        drop(stage.getX() + stage.getWidth() + 500, stage.getY() + 300);
        assertTrue(fx(() -> torn.isShowing()));

        Bounds first = header("a");
        press("b");
        dragTo(first.getMinX() + 5, first.getCenterY());
        drop(first.getMinX() + 5, first.getCenterY());
        assertEquals("b a c", order());
        assertFalse(fx(() -> torn.isShowing()));
        assertFalse(told.contains("b closed"));
    }

    @Test
    void commandsDoTheSame() throws Exception {
        fx(() -> {
            workbench.shift(page("c"), -1);
            workbench.shift(page("c"), -1);
            workbench.shift(page("c"), -1);
            return null;
        });
        assertEquals("c a b", order());
        fx(() -> {
            workbench.shift(page("c"), 1);
            return null;
        });
        assertEquals("a c b", order());

        fx(() -> {
            workbench.moveToNextGroup(page("c"));
            return null;
        });
        assertTrue(fx(this::child) instanceof SplitPane);
        assertEquals("a b c", order());
        assertEquals("c", current());
        fx(() -> {
            workbench.moveToNextGroup(page("a"));
            return null;
        });
        assertEquals(List.of("c", "a"), fx(() -> names(workbench.neighbours(page("a")))));
        fx(() -> {
            workbench.moveToNextGroup(page("b"));
            return null;
        });
        assertFalse(fx(this::child) instanceof SplitPane);
        assertEquals("c a b", order());
        assertEquals("b", current());
    }

    private void press(String name) throws Exception {
        Bounds at = header(name);
        mouse(MouseEvent.MOUSE_PRESSED, name, at.getCenterX(), at.getCenterY());
        pressedOn = name;
    }

    private String pressedOn = "";

    private void dragTo(double x, double y) throws Exception {
        mouse(MouseEvent.MOUSE_DRAGGED, pressedOn, x, y);
    }

    private void drop(double x, double y) throws Exception {
        mouse(MouseEvent.MOUSE_RELEASED, pressedOn, x, y);
    }

    private void mouse(EventType<MouseEvent> type, String name, double x, double y)
            throws Exception {
        fx(() -> {
            Node header = headerNode(name);
            Event.fireEvent(
                    header,
                    new MouseEvent(
                            type,
                            0,
                            0,
                            x,
                            y,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            true,
                            false,
                            false,
                            true,
                            false,
                            false,
                            null));
            return null;
        });
    }

    private Bounds header(String name) throws Exception {
        return fx(() -> {
            Node header = headerNode(name);
            return header.localToScreen(header.getLayoutBounds());
        });
    }

    /** The header's title is that of its page. */
    private Node headerNode(String name) {
        Scene scene = page(name).inWindow().getScene();
        return scene.getRoot().lookupAll(".tab").stream()
                .filter(tab ->
                        tab.lookupAll(".tab-label").stream()
                                .anyMatch(label ->
                                        label instanceof Labeled text
                                                && name.equals(text.getText())))
                .findFirst()
                .orElseThrow();
    }

    /** Where the group of a page is on the screen. */
    private Bounds pane(String name) throws Exception {
        return fx(() -> {
            Node node = headerNode(name);
            while (!node.getStyleClass().contains("page-group")) {
                node = node.getParent();
            }
            return node.localToScreen(node.getLayoutBounds());
        });
    }

    private Node markNode() {
        return workbench.view().getScene().getRoot().lookup("#drop-mark");
    }

    private Region mark() {
        return (Region) markNode();
    }

    private void assertNoMark() throws Exception {
        assertNull(fx(this::markNode));
    }

    /** Headers of tabs come with the next layout. */
    private void awaitLaidOut() {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        fx(() -> {
                            for (Page page : workbench.pages()) {
                                Scene scene = ((Note) page).inWindow().getScene();
                                scene.getRoot().applyCss();
                                scene.getRoot().layout();
                                Node header = headerNode(page.place().value("name"));
                                if (header.getLayoutBounds().getWidth() < 10) {
                                    return false;
                                }
                            }
                            return true;
                        }));
    }

    private String order() throws Exception {
        return fx(() -> String.join(" ", names(workbench.pages())));
    }

    private static List<String> names(List<Page> pages) {
        return pages.stream().map(page -> page.place().value("name")).toList();
    }

    private Object child() {
        return ((StackPane) workbench.view()).getChildren().getFirst();
    }

    private String current() throws Exception {
        return fx(() -> workbench.current().get().title().getValue().text());
    }

    private Note page(String name) {
        return workbench.pages().stream()
                .filter(page -> page.place().value("name").equals(name))
                .map(Note.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Place place(String name) {
        return Place.of("note").with("name", name);
    }

    private Stage window(Parent content) {
        Stage made = new Stage();
        made.setScene(new Scene(content, 600, 400));
        Theme.decorate(made.getScene());
        torn = made;
        return made;
    }

    private final class Note implements Page {

        private final StackPane root = new StackPane(new Button("in"));
        private final Place place;

        Note(Place place) {
            this.place = place;
        }

        /** A page whose tab is not selected is in no scene. */
        Stage inWindow() {
            return torn.isShowing() && torn.getScene().equals(root.getScene()) ? torn : stage;
        }

        @Override
        public ObservableValue<Title> title() {
            String name = place.value("name");
            return new SimpleObjectProperty<>(Title.of(name, name, ""));
        }

        @Override
        public Parent view() {
            return root;
        }

        @Override
        public Place place() {
            return place;
        }

        @Override
        public void shown() {
            told.add(place.value("name") + " shown");
        }

        @Override
        public void hidden() {
            told.add(place.value("name") + " hidden");
        }

        @Override
        public void close() {
            told.add(place.value("name") + " closed");
        }
    }
}
