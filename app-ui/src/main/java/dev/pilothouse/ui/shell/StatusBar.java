package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.PageStatus;
import java.net.URI;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;

/** Where the window is connected to, how well, and how much it shows. JavaFX thread only. */
final class StatusBar {

    private static final PseudoClass LIVE = PseudoClass.getPseudoClass("live");
    private static final PseudoClass LOST = PseudoClass.getPseudoClass("lost");

    private final Circle light = new Circle(4);
    private final Label connection = new Label(Texts.text("status.connecting"));
    private final Label count = new Label();
    private final Label revision = new Label();
    private final HBox root;

    StatusBar(URI endpoint) {
        connection.setId("connection");
        count.setId("count");
        revision.setId("revision");
        light.getStyleClass().add("light");
        var server = new Label(endpoint.getAuthority());
        server.setId("endpoint");
        server.setAccessibleText(Texts.text("status.endpoint", endpoint.toString()));
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        root = new HBox(12, light, connection, server, space, count, revision);
        root.setId("status");
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("status-bar");
    }

    Region view() {
        return root;
    }

    /** Shows what a page says; one that follows nothing leaves the connection as it was. */
    void show(PageStatus state) {
        if (state.connection() != null) {
            light.pseudoClassStateChanged(LIVE, state.connection() instanceof Connection.Live);
            light.pseudoClassStateChanged(LOST, state.connection() instanceof Connection.Lost);
            set(
                    connection,
                    switch (state.connection()) {
                        case Connection.Connecting connecting -> Texts.text("status.connecting");
                        case Connection.Live live -> Texts.text("status.live");
                        case Connection.Lost lost -> Texts.text("status.lost");
                    });
        }
        set(count, state.count());
        set(revision, state.reached());
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }
}
