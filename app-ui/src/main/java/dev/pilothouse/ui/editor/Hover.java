package dev.pilothouse.ui.editor;

import java.time.Duration;
import java.util.function.IntFunction;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.stage.Popup;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.event.MouseOverTextEvent;

/** Says what a field is for while the mouse rests on it. */
final class Hover {

    private static final Duration REST = Duration.ofMillis(500);

    Hover(CodeArea area, IntFunction<String> documentation) {
        Label text = new Label();
        text.setWrapText(true);
        text.setMaxWidth(460);
        text.getStyleClass().add("hover");
        Popup popup = new Popup();
        popup.getContent().add(text);
        area.setMouseOverTextDelay(REST);
        area.addEventHandler(
                MouseOverTextEvent.MOUSE_OVER_TEXT_BEGIN,
                event -> {
                    String found = documentation.apply(event.getCharacterIndex() + 1);
                    if (!found.isEmpty()) {
                        text.setText(found);
                        Point2D at = event.getScreenPosition();
                        popup.show(area, at.getX() + 4, at.getY() + 14);
                    }
                });
        area.addEventHandler(MouseOverTextEvent.MOUSE_OVER_TEXT_END, event -> popup.hide());
    }
}
