package dev.pilothouse.server.authn;

import dev.pilothouse.server.request.ApiRequest;

/** Finds the bearer token of a request. Source: RFC 6750 section 2.1. */
public final class BearerTokens {

    private static final String SCHEME = "Bearer ";

    private BearerTokens() {}

    /** The token in the Authorization header, or the empty text. */
    public static String of(ApiRequest request) {
        String header = request.headers().text("authorization").strip();
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }
}
