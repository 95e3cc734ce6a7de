package dev.pilothouse.server.kubelet.probe;

/** What a probe is for. */
public enum ProbeKind {
    STARTUP("startupProbe", "Startup"),
    LIVENESS("livenessProbe", "Liveness"),
    READINESS("readinessProbe", "Readiness");

    private final String field;
    private final String word;

    ProbeKind(String field, String word) {
        this.field = field;
        this.word = word;
    }

    /** The field of a container that describes it. */
    String field() {
        return field;
    }

    /** Its name in events. */
    String word() {
        return word;
    }
}
