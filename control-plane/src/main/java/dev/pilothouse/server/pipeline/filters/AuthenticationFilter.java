package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.authn.Authenticator;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.UserInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who asks, else answers 401. Users whom the transport itself vouches for are taken as
 * they are.
 */
record AuthenticationFilter(Authenticator authenticator) implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFilter.class);

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                boolean known = !request.user().equals(UserInfo.UNKNOWN);
                return next.handle(known ? request : request.withUser(identify(request)));
            }
        };
    }

    private UserInfo identify(ApiRequest request) {
        return switch (authenticator.authenticate(request)) {
            case Authenticator.Result.Authenticated(UserInfo user) -> user;
            case Authenticator.Result.Rejected(String why) -> {
                LOG.info("{} {}: {}", request.method(), request.path(), why);
                throw ApiException.unauthorized();
            }
            case Authenticator.Result.NoCredentials() -> throw ApiException.unauthorized();
        };
    }
}
