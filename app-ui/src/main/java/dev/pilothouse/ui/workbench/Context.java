package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What pages and verbs work with.
 *
 * @param cluster the cluster of the window
 * @param pulse runs work on the JavaFX thread, together with the drawing
 * @param kinds the kinds of the cluster as known now; empty before discovery. JavaFX thread
 * @param workbench opens further pages
 * @param notices says what was done and what went wrong
 * @param actions all that can be done to objects
 */
public record Context(
        Cluster cluster,
        Executor pulse,
        Supplier<List<Kind>> kinds,
        Workbench workbench,
        Notices notices,
        ObjectActions actions) {}
