package dev.pilothouse.server.request;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * One request, whatever transport brought it. Immutable; filters pass on changed copies. The arrays
 * must not be written.
 *
 * @param id unique id, also the answer's {@code Audit-Id}
 * @param method HTTP method in upper case
 * @param path decoded path
 * @param query query parameters
 * @param headers headers, names in lower case
 * @param body whole body, empty when there is none
 * @param peerAddress address of the client, for logs
 * @param clientCertificates verified client certificate chain, leaf first; empty when there is none
 * @param received when it arrived
 * @param info what it is about; set by the RequestInfo filter
 * @param user who asks; {@link UserInfo#UNKNOWN} until the authentication filter has looked, a
 *     known user when the transport itself vouches for it
 */
public record ApiRequest(
        String id,
        String method,
        String path,
        Parameters query,
        Parameters headers,
        byte[] body,
        String peerAddress,
        List<X509Certificate> clientCertificates,
        Instant received,
        RequestInfo info,
        UserInfo user) {

    /** The info of a request before it has been looked at. */
    public static final RequestInfo UNKNOWN_INFO =
            new RequestInfo(false, "", "", "", "", "", "", "", "", "", List.of());

    /** A copy with this id. */
    public ApiRequest withId(String newId) {
        return new ApiRequest(
                newId,
                method,
                path,
                query,
                headers,
                body,
                peerAddress,
                clientCertificates,
                received,
                info,
                user);
    }

    /** A copy with this info. */
    public ApiRequest withInfo(RequestInfo newInfo) {
        return new ApiRequest(
                id,
                method,
                path,
                query,
                headers,
                body,
                peerAddress,
                clientCertificates,
                received,
                newInfo,
                user);
    }

    /** A copy from this user. */
    public ApiRequest withUser(UserInfo newUser) {
        return new ApiRequest(
                id,
                method,
                path,
                query,
                headers,
                body,
                peerAddress,
                clientCertificates,
                received,
                info,
                newUser);
    }
}
