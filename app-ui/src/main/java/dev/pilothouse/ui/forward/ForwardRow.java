package dev.pilothouse.ui.forward;

import dev.pilothouse.ui.forward.engine.Forward;
import dev.pilothouse.ui.forward.engine.ForwardManager;
import dev.pilothouse.ui.forward.engine.ForwardManager.Entry;
import dev.pilothouse.ui.forward.engine.ForwardSpec;
import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URI;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One forwarded port. JavaFX thread. */
final class ForwardRow extends HBox {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardRow.class);

    private static final PseudoClass OPEN = PseudoClass.getPseudoClass("live");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("lost");

    private final Circle light = new Circle(4.5);
    private final Label address = new Label();
    private final Label target = new Label();
    private final Label state = new Label();
    private final Button browse = new Button(Texts.text("forward.browse"));
    private final Button copy = new Button(Texts.text("forward.copy"));
    private final Button turn = new Button();
    private final Button other = new Button(Texts.text("forward.otherPort"));
    private final Button remove = new Button(Texts.text("forward.remove"));
    private @Nullable Entry entry;

    ForwardRow(ForwardManager manager) {
        super(12);
        getStyleClass().add("forward-row");
        light.getStyleClass().add("forward-light");
        address.getStyleClass().add("forward-address");
        target.getStyleClass().add("forward-target");
        state.getStyleClass().add("hint");
        state.setWrapText(true);
        address.setMinWidth(Region.USE_PREF_SIZE);
        var texts = new VBox(2, new HBox(10, address, target), state);
        HBox.setHgrow(texts, Priority.ALWAYS);
        texts.setMinWidth(0);
        browse.setOnAction(_ -> browse());
        copy.setOnAction(_ -> copy());
        turn.setOnAction(_ -> {
            if (entry != null) {
                manager.turn(entry.spec(), entry.forward() == null);
            }
        });
        other.setOnAction(_ -> {
            if (entry != null) {
                manager.change(entry.spec(), entry.spec().withLocal(0).turned(true));
            }
        });
        remove.setOnAction(_ -> {
            if (entry != null) {
                manager.remove(entry.spec());
            }
        });
        getChildren().addAll(light, texts);
        for (Button button : new Button[] {browse, copy, other, turn, remove}) {
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.managedProperty().bind(button.visibleProperty());
            getChildren().add(button);
        }
    }

    void show(Entry latest) {
        entry = latest;
        ForwardSpec spec = latest.spec();
        Forward forward = latest.forward();
        address.setText(
                spec.local() == 0 ? Texts.text("forward.anyPort") : "localhost:" + spec.local());
        target.setText("→  " + spec.describe());
        String sentence = sentence(latest);
        state.setText(sentence);
        boolean bad =
                !latest.failure().isEmpty() || (forward != null && !forward.problem().isEmpty());
        light.pseudoClassStateChanged(OPEN, forward != null && !bad);
        light.pseudoClassStateChanged(BAD, bad);
        browse.setVisible(forward != null);
        copy.setVisible(forward != null);
        other.setVisible(forward == null && !latest.failure().isEmpty());
        turn.setText(Texts.text(forward == null ? "forward.open" : "forward.close"));
        String name = spec.describe();
        browse.setAccessibleText(Texts.text("forward.browse") + " " + address.getText());
        copy.setAccessibleText(Texts.text("forward.copy") + " " + address.getText());
        turn.setAccessibleText(turn.getText() + " " + name);
        other.setAccessibleText(Texts.text("forward.otherPort") + " " + name);
        remove.setAccessibleText(Texts.text("forward.remove") + " " + name);
        setAccessibleText(address.getText() + " " + name + ". " + sentence);
    }

    private static String sentence(Entry entry) {
        Forward forward = entry.forward();
        if (forward == null) {
            return entry.failure().isEmpty() ? Texts.text("forward.closed") : entry.failure();
        }
        if (!forward.problem().isEmpty()) {
            return Texts.text("forward.trouble", forward.problem());
        }
        return forward.served() == 0
                ? Texts.text("forward.unused")
                : Texts.text(
                        "forward.used",
                        forward.connections(),
                        forward.served(),
                        forward.bytes() / 1024,
                        forward.pod());
    }

    private String url() {
        int port = entry == null ? 0 : entry.spec().local();
        String scheme = entry != null && entry.spec().port().contains("443") ? "https" : "http";
        return scheme + "://localhost:" + port + "/";
    }

    private void browse() {
        String url = url();
        // The desktop may take its time.
        Thread.ofPlatform()
                .daemon()
                .name("browse")
                .start(() -> {
                    try {
                        if (!GraphicsEnvironment.isHeadless() && Desktop.isDesktopSupported()) {
                            Desktop.getDesktop().browse(URI.create(url));
                        }
                    } catch (IOException | UnsupportedOperationException e) {
                        LOG.warn("No browser can be opened for {}", url, e);
                    }
                });
    }

    private void copy() {
        Clip.text(url());
    }
}
