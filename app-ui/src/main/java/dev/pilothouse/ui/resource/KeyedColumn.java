package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Row;

/** A column that can be found again. */
interface KeyedColumn {

    /** Names it in what is written down. */
    String key();

    /** The text of a row's cell. */
    String text(Row row);
}
