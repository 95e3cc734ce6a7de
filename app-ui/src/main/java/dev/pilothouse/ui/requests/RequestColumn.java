package dev.pilothouse.ui.requests;

import dev.pilothouse.ui.cluster.SentRequest;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/** A column of requests; those that failed are marked in all of them. */
final class RequestColumn extends TableColumn<SentRequest, String> {

    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    RequestColumn(String title, Function<SentRequest, String> value) {
        super(title);
        setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        setCellFactory(column -> new Cell());
        setSortable(false);
    }

    private static final class Cell extends TableCell<SentRequest, String> {
        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            SentRequest request = empty || getTableRow() == null ? null : getTableRow().getItem();
            pseudoClassStateChanged(
                    BAD,
                    request != null && (request.status() >= 400 || !request.failure().isEmpty()));
        }
    }
}
