package dev.pilothouse.server.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one output stream of a command must hold: all its lines in order, when {@code lines} is
 * there, or lines anywhere ({@code some}), or no such line ({@code none}). When nothing is said the
 * stream must be empty.
 */
record Expectation(
        Optional<List<LinePattern>> lines, List<LinePattern> some, List<LinePattern> none) {

    boolean saysNothing() {
        return lines.isEmpty() && some.isEmpty() && none.isEmpty();
    }

    /** What is wrong with this text, one sentence each. */
    List<String> violations(String stream, String text) {
        List<String> actual = text.lines().toList();
        var violations = new ArrayList<String>();
        if (lines.isPresent()) {
            inOrder(stream, lines.get(), actual, violations);
        } else if (saysNothing() && !actual.isEmpty()) {
            violations.add(stream + " should be empty");
        }
        for (LinePattern pattern : some) {
            if (actual.stream().noneMatch(pattern::matches)) {
                violations.add(stream + " lacks a line like: " + pattern);
            }
        }
        for (LinePattern pattern : none) {
            if (actual.stream().anyMatch(pattern::matches)) {
                violations.add(stream + " must not have a line like: " + pattern);
            }
        }
        return violations;
    }

    private static void inOrder(
            String stream,
            List<LinePattern> expected,
            List<String> actual,
            List<String> violations) {
        for (int at = 0; at < Math.min(expected.size(), actual.size()); at++) {
            if (!expected.get(at).matches(actual.get(at))) {
                violations.add(
                        "%s, line %d: expected \"%s\", was \"%s\""
                                .formatted(stream, at + 1, expected.get(at), actual.get(at)));
            }
        }
        if (expected.size() != actual.size()) {
            violations.add(
                    "%s has %d lines instead of %d"
                            .formatted(stream, actual.size(), expected.size()));
        }
    }
}
