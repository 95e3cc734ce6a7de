package dev.pilothouse.ui.workbench;

import static dev.pilothouse.ui.testing.Toolkit.fx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.testing.Toolkit;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Tabs, splits, windows and ways back, with pages that note what they are told. */
class WorkbenchTest {

    private final List<String> told = new ArrayList<>();
    private Workbench workbench;
    private Stage stage;
    private Stage torn;

    @BeforeAll
    static void startToolkit() throws Exception {
        Toolkit.start();
    }

    @BeforeEach
    void openWindow() throws Exception {
        fx(() -> {
            workbench = new Workbench(Note::new, this::window);
            stage = window(workbench.view());
            stage.show();
            return null;
        });
    }

    @AfterEach
    void closeWindow() throws Exception {
        fx(() -> {
            workbench.close();
            stage.close();
            return null;
        });
    }

    @Test
    void onlyThePageThatIsSeenIsShown() throws Exception {
        fx(() -> {
            workbench.open(place("a"), Where.TAB);
            workbench.open(place("b"), Where.TAB);
            workbench.open(place("c"), Where.BACKGROUND);
            return null;
        });
        assertEquals(List.of("a shown", "a hidden", "b shown"), told);
        assertEquals("b", current());

        fx(() -> {
            workbench.turn(1);
            workbench.turn(1);
            return null;
        });
        assertEquals("a", current());
        assertEquals(List.of("c hidden", "a shown"), told.subList(told.size() - 2, told.size()));
    }

    @Test
    void pagesOfAHiddenWindowAreHidden() throws Exception {
        fx(() -> {
            workbench.open(place("a"), Where.TAB);
            stage.hide();
            return null;
        });
        assertEquals(List.of("a shown", "a hidden"), told);

        fx(() -> {
            stage.show();
            return null;
        });
        assertEquals("a shown", told.getLast());
    }

    @Test
    void aPlaceThatIsOpenIsSelectedInsteadOfOpenedAgain() throws Exception {
        fx(() -> {
            workbench.open(place("a"), Where.TAB);
            workbench.open(place("b"), Where.TAB);
            workbench.open(place("a").withState("filter", "x"), Where.TAB);
            return null;
        });

        assertEquals(2, fx(() -> workbench.pages().size()));
        assertEquals("a", current());
    }

    @Test
    void splitsShowBothPagesAndGoWithTheirLast() throws Exception {
        fx(() -> {
            workbench.open(place("a"), Where.TAB);
            workbench.open(place("b"), Where.SPLIT_RIGHT);
            workbench.open(place("c"), Where.SPLIT_DOWN);
            return null;
        });
        assertEquals(List.of("a shown", "b shown", "c shown"), told);
        SplitPane split = (SplitPane) fx(() -> child());
        assertEquals(Orientation.HORIZONTAL, split.getOrientation());
        assertEquals(
                Orientation.VERTICAL, ((SplitPane) split.getItems().getLast()).getOrientation());

        fx(() -> {
            workbench.close(page("c"));
            workbench.close(page("b"));
            return null;
        });
        assertFalse(fx(() -> child()) instanceof SplitPane);
        assertEquals("a", current());
    }

    @Test
    void aTornOutPageStaysAliveAndItsWindowGoesWithIt() throws Exception {
        fx(() -> {
            workbench.open(place("a"), Where.TAB);
            workbench.open(place("b"), Where.TAB);
            workbench.move(page("b"), Where.WINDOW);
            return null;
        });
        Page page = fx(() -> page("b"));
        assertNotNull(torn);
        assertSame(fx(() -> torn.getScene()), fx(() -> page.view().getScene()));
        assertFalse(told.contains("b closed"));
        assertEquals("b \u00b7 Pilothouse", fx(() -> torn.getTitle()));

        fx(() -> {
            workbench.close(page);
            return null;
        });
        assertFalse(fx(() -> torn.isShowing()));
        assertTrue(told.contains("b closed"));
        assertEquals("a", current());

        fx(() -> {
            workbench.reopen();
            return null;
        });
        assertEquals("b", current());
    }

    @Test
    void goesBackAndForwardInTheStateThatWasLeft() throws Exception {
        fx(() -> {
            workbench.open(place("a"), Where.TAB);
            page("a").place = place("a").withState("filter", "x");
            workbench.open(place("b"), Where.HERE);
            workbench.open(place("c"), Where.HERE);
            return null;
        });
        assertEquals(1, fx(() -> workbench.pages().size()));
        assertTrue(told.containsAll(List.of("a closed", "b closed")));

        fx(() -> {
            workbench.go(-1);
            workbench.go(-1);
            return null;
        });
        assertEquals("a", current());
        assertEquals("x", fx(() -> page("a").place().state("filter")));
        assertFalse(fx(() -> workbench.canGo(-1)));

        fx(() -> {
            workbench.go(1);
            return null;
        });
        assertEquals("b", current());
    }

    @Test
    void aPageWithUnsavedTextIsNotClosedUntilItLets() throws Exception {
        fx(() -> {
            workbench.open(place("a"), Where.TAB);
            page("a").holds = true;
            workbench.close(page("a"));
            return null;
        });
        assertEquals("a", current());
        assertFalse(told.contains("a closed"));

        fx(() -> {
            page("a").yes.run();
            return null;
        });
        assertTrue(told.contains("a closed"));
        assertEquals(0, fx(() -> workbench.pages().size()));
    }

    @Test
    void aPageThatCannotBeMadeSaysWhy() throws Exception {
        fx(() -> {
            workbench.open(place("broken"), Where.TAB);
            return null;
        });

        String hint = fx(() -> workbench.pages().getFirst().title().getValue().hint());
        assertTrue(hint.contains("no such thing"), hint);
    }

    @Test
    void whatIsOpenIsOpenedAgain() throws Exception {
        ObjectNode saved =
                fx(() -> {
                    workbench.open(place("a"), Where.TAB);
                    workbench.open(place("b"), Where.BACKGROUND);
                    workbench.open(place("c"), Where.SPLIT_DOWN);
                    page("b").place = place("b").withState("filter", "x");
                    workbench.open(place("d"), Where.WINDOW);
                    return workbench.save();
                });
        told.clear();

        Workbench again =
                fx(() -> {
                    workbench.close();
                    told.clear();
                    workbench = new Workbench(Note::new, this::window);
                    stage.getScene().setRoot(workbench.view());
                    workbench.restore(Json.parseObject(saved.toString()));
                    return workbench;
                });

        assertEquals(
                List.of("a", "b", "c", "d"),
                fx(() -> again.pages().stream().map(page -> page.place().value("name")).toList()));
        assertEquals("x", fx(() -> page("b").place().state("filter")));
        assertEquals(List.of("a shown", "c shown", "d shown"), told.stream().sorted().toList());
        assertEquals(Orientation.VERTICAL, ((SplitPane) fx(() -> child())).getOrientation());
        assertEquals("a", current());
        fx(() -> {
            workbench.close(page("d"));
            return null;
        });
    }

    @Test
    void placesSurviveAsJson() {
        Place place = place("a").with("name", "x\"y").withState("filter", "\u00fc");

        assertEquals(place, Place.fromJson(place.toJson()));
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
        torn = made;
        return made;
    }

    private final class Note implements Page {

        private final Label label = new Label();
        private final StackPane root = new StackPane(label);
        private final String name;
        private Place place;
        private boolean holds;
        private Runnable yes;

        Note(Place place) {
            this.place = place;
            this.name = place.value("name");
            if (name.equals("broken")) {
                throw new IllegalArgumentException("no such thing");
            }
        }

        @Override
        public ObservableValue<Title> title() {
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
        public void mayClose(Runnable run) {
            if (holds) {
                yes = run;
            } else {
                run.run();
            }
        }

        @Override
        public void shown() {
            told.add(name + " shown");
        }

        @Override
        public void hidden() {
            told.add(name + " hidden");
        }

        @Override
        public void close() {
            told.add(name + " closed");
        }
    }
}
