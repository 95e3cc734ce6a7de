package dev.pilothouse.server.registry;

import dev.pilothouse.server.request.UserInfo;
import java.time.Instant;

/**
 * What a strategy may know of the request.
 *
 * @param user who asks
 * @param now the time of the request
 */
public record StrategyContext(UserInfo user, Instant now) {}
