package dev.pilothouse.ui.cluster;

import dev.pilothouse.ui.i18n.Texts;
import java.time.Duration;
import java.time.Instant;

/**
 * How a server answers, whoever asks it: of the whole cluster, where a {@link Connection} of a view
 * is that of what the view follows.
 *
 * @param connection whether it answers; lost also when it does not know the user any more
 * @param lag how long the last answer took to begin; zero before there was one
 * @param answered when it has answered last
 */
public record Contact(Connection connection, Duration lag, Instant answered) {

    /** Before the first answer. */
    static final Contact NONE =
            new Contact(new Connection.Connecting(), Duration.ZERO, Instant.EPOCH);

    /** After an answer. A stream says nothing about how fast the server is. */
    Contact answered(SentRequest request, int code, Instant now) {
        Connection state =
                code == RefusedException.UNAUTHORIZED
                        ? new Connection.Lost(
                                Texts.text("cluster.unauthorized", "").strip(), now, code)
                        : new Connection.Live();
        return new Contact(state, request.isStream() ? lag : request.waited(), now);
    }

    /** After a failure; one of a request that is older than the last answer is no news. */
    Contact failed(SentRequest request, String reason, Instant now) {
        if (request.at().isBefore(answered)) {
            return this;
        }
        Instant since = answered.equals(Instant.EPOCH) ? now : answered;
        return new Contact(new Connection.Lost(reason, since), lag, answered);
    }
}
