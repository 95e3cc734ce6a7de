package dev.pilothouse.server.authz;

import dev.pilothouse.server.request.RequestInfo;
import dev.pilothouse.server.request.UserInfo;

/** One way to say whether a user may do something. Thread-safe; must not block. */
@FunctionalInterface
public interface Authorizer {

    /** Whether the user may do what the request info says. */
    Decision authorize(UserInfo user, RequestInfo info);

    /** What an authorizer can say. */
    enum Verdict {
        ALLOW,
        DENY,
        NO_OPINION
    }

    /**
     * What an authorizer says.
     *
     * @param reason why, told to the client when the request is refused; may be empty
     */
    record Decision(Verdict verdict, String reason) {

        /** No opinion, without a reason. */
        public static final Decision NONE = new Decision(Verdict.NO_OPINION, "");

        /** Allowed for this reason. */
        public static Decision allow(String reason) {
            return new Decision(Verdict.ALLOW, reason);
        }

        /** Whether the user may. */
        public boolean allowed() {
            return verdict == Verdict.ALLOW;
        }
    }
}
