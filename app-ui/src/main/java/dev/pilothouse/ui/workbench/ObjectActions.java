package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.List;
import javafx.scene.control.MenuItem;

/**
 * All that can be done to objects, whichever package brings it: verbs, actions, deletion. For every
 * place that shows objects: rows, details, maps. JavaFX thread.
 */
public interface ObjectActions {

    /** Items for the menu of objects of one kind; deletion is the last. */
    List<MenuItem> menu(List<ObjectRef> objects);

    /**
     * Does what belongs to a typed character.
     *
     * @return false when nothing does
     */
    boolean key(List<ObjectRef> objects, String character);

    /** Asks whether objects are to be deleted, and deletes them. */
    void delete(List<ObjectRef> objects);

    /**
     * Asks before something is done that cannot simply be taken back, when the user has marked the
     * cluster as protected; else, and after a yes, runs it.
     *
     * @param id what: the texts {@code confirm.ID} ask
     */
    void confirm(String id, List<ObjectRef> objects, Runnable yes);

    /**
     * Does the verb or action of an id, if there is one for the objects.
     *
     * @return false when there is none
     */
    boolean run(List<ObjectRef> objects, String id, Where where);
}
