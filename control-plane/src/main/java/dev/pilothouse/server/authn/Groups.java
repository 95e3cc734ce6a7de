package dev.pilothouse.server.authn;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Groups that come with being recognised. */
final class Groups {

    private static final String AUTHENTICATED = "system:authenticated";

    private Groups() {}

    /** The groups and {@code system:authenticated}, each once. */
    static List<String> authenticated(List<String> groups) {
        SequencedSet<String> all = new LinkedHashSet<>(groups);
        all.add(AUTHENTICATED);
        return List.copyOf(all);
    }
}
