package dev.pilothouse.server.registry.core;

import dev.pilothouse.server.registry.ResourceStrategy;

/** Rules of ServiceAccounts: only their metadata has any. */
public final class ServiceAccountStrategy implements ResourceStrategy {}
