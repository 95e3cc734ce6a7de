package dev.pilothouse.server.authn;

import java.util.List;

/** Asks checkers in order; the first that knows the token wins. */
public final class TokenCheckerChain implements TokenChecker {

    private final List<TokenChecker> checkers;

    /** A chain in this order. */
    public TokenCheckerChain(List<TokenChecker> checkers) {
        this.checkers = List.copyOf(checkers);
    }

    @Override
    public Outcome check(String token, List<String> audiences) {
        Outcome last = Outcome.UNKNOWN;
        for (TokenChecker checker : checkers) {
            Outcome outcome = checker.check(token, audiences);
            if (outcome instanceof Outcome.Valid) {
                return outcome;
            }
            if (outcome instanceof Outcome.Invalid) {
                last = outcome;
            }
        }
        return last;
    }
}
