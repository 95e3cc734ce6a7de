/**
 * Rules of custom resources in the Common Expression Language, by dev.cel. Nothing here is loaded
 * before the first definition with a rule comes along.
 */
@NullMarked
package dev.pilothouse.server.registry.apiextensions.cel;

import org.jspecify.annotations.NullMarked;
