package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.Later;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Where;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * One object in short, beside the list that it is selected in: how it is, what happened to it, what
 * can be done to it. Live from {@link #show} to {@link #hide}. JavaFX thread only.
 */
public final class SidePane {

    /** Whoever runs through a list with the arrow keys does not read each object. */
    private static final Duration STAY = Duration.ofMillis(150);

    private final Context context;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Label note = new Label();
    private final MenuButton menu = new MenuButton(Texts.text("actions.menu"));
    private final SectionList sections;
    private final ScrollPane scroll;
    private final VBox root = new VBox();
    private final Later stay = new Later(this::follow);
    private @Nullable ObjectRef shown;
    private @Nullable Feed feed;

    /**
     * An empty pane.
     *
     * @param close is told that the user wants the pane gone
     */
    public SidePane(Context context, Runnable close) {
        this.context = context;
        sections = new SectionList(new SectionView(this::open));
        scroll = new ScrollPane(sections.view());
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "section-scroll");
        scroll.setAccessibleText(Texts.text("detail.beside"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        note.getStyleClass().add("note");
        note.setWrapText(true);
        note.managedProperty().bind(note.visibleProperty());
        note.setVisible(false);
        root.setId("detail");
        root.getStyleClass().add("detail");
        root.getChildren().addAll(heading(close), tools(), note, scroll);
    }

    private HBox heading(Runnable close) {
        title.getStyleClass().add("detail-title");
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        title.setTooltip(new Tooltip());
        title.getTooltip().textProperty().bind(title.textProperty());
        subtitle.setTooltip(new Tooltip());
        subtitle.getTooltip().textProperty().bind(subtitle.textProperty());
        title.setMinWidth(0);
        subtitle.getStyleClass().add("detail-subtitle");
        VBox names = new VBox(2, title, subtitle);
        names.setMinWidth(0);
        HBox.setHgrow(names, Priority.ALWAYS);
        Button leave = button("close-detail", "\u2715", "detail.close", close);
        leave.getStyleClass().addAll("flat", "close");
        HBox heading = new HBox(8, names, leave);
        heading.setAlignment(Pos.TOP_LEFT);
        heading.getStyleClass().add("detail-heading");
        return heading;
    }

    private FlowPane tools() {
        menu.setId("actions");
        menu.setAccessibleText(Texts.text("actions.hint"));
        menu.setMinWidth(Region.USE_PREF_SIZE);
        Button whole =
                button(
                        "detail-open",
                        Texts.text("menu.open"),
                        "detail.open",
                        () -> {
                            if (shown != null) {
                                open(shown);
                            }
                        });
        Button copy =
                button(
                        "copy-yaml",
                        Texts.text("detail.copyYaml"),
                        "detail.copyYaml",
                        () -> {
                            if (shown != null) {
                                Copies.yaml(shown, context);
                            }
                        });
        // Wraps where the pane is narrow.
        FlowPane tools = new FlowPane(8, 8, whole, menu, copy);
        tools.getStyleClass().add("detail-tools");
        return tools;
    }

    private static Button button(String id, String text, String hint, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText(Texts.text(hint));
        button.setTooltip(new Tooltip(Texts.text(hint)));
        button.setOnAction(event -> action.run());
        return button;
    }

    /** The node to show. */
    public Region view() {
        return root;
    }

    /** Takes the keyboard. */
    public void focus() {
        scroll.requestFocus();
    }

    /** Shows an object; the same one again goes on. */
    public void show(ObjectRef object) {
        if (object.equals(shown) && feed != null) {
            return;
        }
        boolean first = feed == null;
        hide();
        shown = object;
        title.setText(object.name());
        subtitle.setText(
                object.namespace().isEmpty()
                        ? object.kind().kind()
                        : Texts.text("editor.where", object.kind().kind(), object.namespace()));
        root.setAccessibleText(object.kind().kind() + " " + object.name());
        menu.getItems().setAll(context.actions().menu(List.of(object)));
        note.setVisible(false);
        if (first) {
            follow();
        } else {
            stay.in(STAY);
        }
    }

    private void follow() {
        ObjectRef wanted = shown;
        if (wanted != null && feed == null) {
            feed =
                    new Feed(
                            context.cluster(),
                            wanted,
                            context.kinds().get(),
                            context.pulse(),
                            InstantSource.system(),
                            follow -> follow.resource().equals("events"),
                            new FeedListener(wanted));
            feed.start();
        }
    }

    /** Is not seen for now: nothing is followed. */
    public void hide() {
        stay.cancel();
        if (feed != null) {
            feed.close();
            feed = null;
        }
    }

    private void open(ObjectRef object) {
        context.workbench().open(Details.of(object), Where.TAB);
    }

    private final class FeedListener implements Feed.Listener {
        private final ObjectRef of;
        private boolean lacking;

        FeedListener(ObjectRef of) {
            this.of = of;
        }

        @Override
        public void data(DetailData now) {
            if (of.equals(shown)) {
                sections.show(Compact.of(now));
            }
        }

        @Override
        public void gone() {
            lacking = true;
            say(Texts.text("detail.gone", of.name()));
        }

        @Override
        public void missing() {
            lacking = true;
            say(Texts.text("detail.missing.object", of.kind().kind(), of.name()));
        }

        @Override
        public void back() {
            lacking = false;
            if (of.equals(shown)) {
                note.setVisible(false);
            }
        }

        @Override
        public void connection(Connection state) {
            if (lacking) {
                return;
            }
            if (state instanceof Connection.Lost lost) {
                say(lost.reason());
            } else if (state instanceof Connection.Live) {
                note.setVisible(false);
            }
        }

        private void say(String sentence) {
            if (of.equals(shown)) {
                note.setText(sentence);
                note.setVisible(true);
            }
        }
    }
}
