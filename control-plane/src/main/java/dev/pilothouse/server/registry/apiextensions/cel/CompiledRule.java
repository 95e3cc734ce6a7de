package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.runtime.CelRuntime;
import org.jspecify.annotations.Nullable;

/**
 * A rule made ready to run.
 *
 * @param rule the rule as written
 * @param program runs it; null when it does not compile or is empty
 * @param error why it does not compile, or empty
 * @param message runs its messageExpression, or null
 * @param messageError why that does not compile, or empty
 * @param usesOldSelf whether it looks at the old value, so that it is about transitions
 */
record CompiledRule(
        Rule rule,
        CelRuntime.@Nullable Program program,
        String error,
        CelRuntime.@Nullable Program message,
        String messageError,
        boolean usesOldSelf) {}
