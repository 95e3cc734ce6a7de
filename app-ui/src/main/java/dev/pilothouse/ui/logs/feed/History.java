package dev.pilothouse.ui.logs.feed;

/** How much of what was logged before is read. */
public enum History {
    /** All that the nodes have kept. */
    ALL("", ""),
    /** The last hour. */
    HOUR("sinceSeconds=3600&", ""),
    /** The last quarter of an hour. */
    QUARTER("sinceSeconds=900&", ""),
    /** The last thousand lines of each container. */
    TAIL("", "tailLines=1000&");

    private final String since;
    private final String tail;

    History(String since, String tail) {
        this.since = since;
        this.tail = tail;
    }

    String since() {
        return since;
    }

    String tail() {
        return tail;
    }
}
