package dev.pilothouse.server.authn;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.UserInfo;

/** One way to find out who sends a request. Thread-safe; must not block. */
@FunctionalInterface
public interface Authenticator {

    /** Looks for credentials of its kind in the request and checks them. */
    Result authenticate(ApiRequest request);

    /** What an authenticator found. */
    sealed interface Result {

        /** The credentials are good. */
        record Authenticated(UserInfo user) implements Result {}

        /** There are no credentials of this kind. */
        record NoCredentials() implements Result {}

        /**
         * There are credentials of this kind, but not good ones for this authenticator.
         *
         * @param why for the log, never told to the client
         */
        record Rejected(String why) implements Result {}

        /** There are no credentials of this kind. */
        Result NONE = new NoCredentials();
    }
}
