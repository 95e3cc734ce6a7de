package dev.pilothouse.ui.overview;

import dev.pilothouse.ui.cluster.RequestLog;
import dev.pilothouse.ui.cluster.SentRequest;
import dev.pilothouse.ui.fx.Batch;
import dev.pilothouse.ui.fx.Later;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/**
 * What the window asks of the server, by the minute, and how often that was too much. Drawn anew
 * when requests are sent, once a second at most; nothing ticks. JavaFX thread only.
 */
final class RequestSection {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private final RequestLog log;
    private final RateStrip strip = new RateStrip();
    private final Label text = new Label();
    private final VBox root;
    private final Later later = new Later(this::draw);
    private final Consumer<SentRequest> follower;

    /**
     * Of the requests of a window; follows nothing yet.
     *
     * @param open shows the requests
     */
    RequestSection(RequestLog log, Executor pulse, Runnable open) {
        this.log = log;
        Batch<SentRequest> news = new Batch<>(pulse, changed -> news());
        follower = request -> news.put("", request);
        text.getStyleClass().addAll("hint", "fate");
        text.setId("overview-requests");
        var all = new Hyperlink(Texts.text("overview.allRequests"));
        all.setId("overview-all-requests");
        all.getStyleClass().add("object-link");
        all.setOnAction(event -> open.run());
        root = new VBox(6, strip, new HBox(12, text, all));
    }

    VBox view() {
        return root;
    }

    void follow() {
        draw();
        log.follow(follower);
    }

    void leave() {
        log.leave(follower);
        later.cancel();
    }

    private void news() {
        if (!later.isPending()) {
            later.in(Duration.ofSeconds(1));
        }
    }

    private void draw() {
        int[] sent = log.perMinute();
        int[] refused = log.throttledPerMinute();
        strip.show(sent, refused);
        int throttled = Arrays.stream(refused).sum();
        text.setText(
                Texts.text(
                        "overview.requestRate",
                        Arrays.stream(sent).sum(),
                        sent[sent.length - 1],
                        throttled));
        text.pseudoClassStateChanged(BAD, throttled > 0);
        strip.setAccessibleText(text.getText());
    }
}
