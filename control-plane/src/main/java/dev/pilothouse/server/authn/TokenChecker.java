package dev.pilothouse.server.authn;

import dev.pilothouse.server.request.UserInfo;
import java.util.List;

/** One way to find out whose bearer token it is and whom it is for. Thread-safe. */
public interface TokenChecker {

    /**
     * Checks a token.
     *
     * @param audiences the token must be for one of these
     */
    Outcome check(String token, List<String> audiences);

    /** What a checker found. */
    sealed interface Outcome {

        /**
         * The token is good.
         *
         * @param audiences those of the wanted audiences that the token is for
         */
        record Valid(UserInfo user, List<String> audiences) implements Outcome {}

        /** Not a token of this kind. */
        record Unknown() implements Outcome {}

        /**
         * A token of this kind, but not a good one.
         *
         * @param why for logs and token reviews; holds no part of the token
         */
        record Invalid(String why) implements Outcome {}

        /** Not a token of this kind. */
        Outcome UNKNOWN = new Unknown();
    }
}
