package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.fx.Background;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
        ObjectActions actions) {

    /**
     * Does work that waits for a server or a disk; a failure becomes a notice.
     *
     * @param name of its thread
     * @param sentence the text of the notice, made of the reason
     */
    public void background(String name, Background.Work work, UnaryOperator<String> sentence) {
        var _ =
                Background.start(
                        name, pulse, work, reason -> notices.failed(sentence.apply(reason)));
    }
}
