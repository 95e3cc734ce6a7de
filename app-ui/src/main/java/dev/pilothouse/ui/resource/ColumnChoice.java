package dev.pilothouse.ui.resource;

import javafx.beans.property.BooleanProperty;

/**
 * A column that the user may see or not.
 *
 * @param title its heading
 * @param visible whether it is seen; may be set
 */
public record ColumnChoice(String title, BooleanProperty visible) {}
