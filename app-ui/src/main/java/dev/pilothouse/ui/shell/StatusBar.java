package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Contact;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.PageStatus;
import java.net.URI;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
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
    private final Label lag = new Label();
    private final Label count = new Label();
    private final Label revision = new Label();
    private final Label sent = new Label();
    private final HBox root;

    StatusBar(Cluster cluster) {
        URI endpoint = cluster.endpoint();
        connection.setId("connection");
        lag.setId("lag");
        lag.setTooltip(new Tooltip(Texts.text("status.lag.hint")));
        lag.managedProperty().bind(lag.textProperty().isNotEmpty());
        count.setId("count");
        revision.setId("revision");
        light.getStyleClass().add("light");
        var server = new Label(cluster.name());
        server.setId("endpoint");
        server.setAccessibleText(Texts.text("status.endpoint", endpoint.toString()));
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label marks = new Label(marks(cluster.marks()));
        marks.setId("marks");
        marks.getStyleClass().add("marks");
        marks.setVisible(!marks.getText().isEmpty());
        marks.managedProperty().bind(marks.visibleProperty());
        sent.setId("sent");
        root = new HBox(12, light, connection, lag, server, marks, space, count, revision, sent);
        root.setId("status");
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("status-bar");
    }

    Region view() {
        return root;
    }

    /** Shows what a page says. */
    void show(PageStatus state) {
        set(count, state.count());
        set(revision, state.reached());
    }

    /** Shows how the server answers, whatever page is seen. */
    void show(Contact contact) {
        Connection now = contact.connection();
        light.pseudoClassStateChanged(LIVE, now instanceof Connection.Live);
        light.pseudoClassStateChanged(LOST, now instanceof Connection.Lost);
        set(
                connection,
                switch (now) {
                    case Connection.Connecting connecting -> Texts.text("status.connecting");
                    case Connection.Live live -> Texts.text("status.live");
                    case Connection.Lost lost ->
                            Texts.text(
                                    lost.isUnauthorized() ? "status.unknownUser" : "status.lost");
                });
        String reason = now instanceof Connection.Lost lost ? lost.reason() : "";
        connection.setTooltip(reason.isEmpty() ? null : new Tooltip(reason));
        connection.setAccessibleHelp(reason.isEmpty() ? null : reason);
        boolean known = now instanceof Connection.Live && !contact.lag().isZero();
        set(lag, known ? Texts.text("status.lag", Math.max(1, contact.lag().toMillis())) : "");
    }

    /**
     * Shows the load that the window makes.
     *
     * @param perSecond requests in the last second
     * @param throttled requests that the server has refused as too many
     */
    void load(long perSecond, long throttled, long heapBytes) {
        set(
                sent,
                Texts.text(
                        throttled == 0 ? "status.load" : "status.loadThrottled",
                        perSecond,
                        heapBytes / (1024 * 1024),
                        throttled));
    }

    private static String marks(Access.Marks marks) {
        return marks.readOnly()
                ? Texts.text("clusters.readOnly")
                : marks.guarded() ? Texts.text("clusters.protected") : "";
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
        }
    }
}
