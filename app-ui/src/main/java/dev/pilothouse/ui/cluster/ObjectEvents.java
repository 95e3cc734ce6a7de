package dev.pilothouse.ui.cluster;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Receives whole objects, live. Called on the watching thread, never two calls at a time. */
public interface ObjectEvents {

    /** The whole list: all objects before it are void. */
    void listed(List<ObjectNode> objects);

    /** An object was added or changed. */
    void changed(ObjectNode object);

    /** An object is gone; its last state. */
    void removed(ObjectNode object);

    /** The connection has changed. */
    void connection(Connection state);
}
