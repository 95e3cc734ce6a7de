package dev.pilothouse.ui.clusters;

import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.kubeconfig.KubeContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Opens windows onto other clusters. JavaFX thread. */
public interface ClusterWindows {

    /** The kubeconfig files of the user. */
    List<Path> files();

    /**
     * Opens a window, or brings the one to the front that is open; returns at once.
     *
     * @param opened is run when there is a window
     * @param failed is told why there is none, in a sentence
     */
    void open(KubeContext context, Access.Marks marks, Runnable opened, Consumer<String> failed);
}
