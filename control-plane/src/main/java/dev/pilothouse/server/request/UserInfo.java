package dev.pilothouse.server.request;

import java.util.List;
import java.util.Map;

/**
 * Who sends a request. Source: authentication/v1 UserInfo.
 *
 * @param name unique name, for example {@code system:admin}
 * @param uid unique id, may be empty
 * @param groups groups, never null
 * @param extra further attributes
 */
public record UserInfo(
        String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    /** The group whose members may do anything. */
    public static final String MASTERS = "system:masters";

    /** A request without credentials. */
    public static final UserInfo ANONYMOUS =
            new UserInfo("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    /** Stands in a request that comes from outside until the authentication filter has looked. */
    public static final UserInfo UNKNOWN = new UserInfo("", "", List.of(), Map.of());

    /** Copies the collections. */
    public UserInfo {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    /** A user with a name and groups only. */
    public static UserInfo of(String name, String... groups) {
        return new UserInfo(name, "", List.of(groups), Map.of());
    }

    /** Whether the user is in a group. */
    public boolean isIn(String group) {
        return groups.contains(group);
    }
}
