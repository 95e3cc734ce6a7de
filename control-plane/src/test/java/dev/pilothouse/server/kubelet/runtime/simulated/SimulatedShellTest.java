package dev.pilothouse.server.kubelet.runtime.simulated;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedShellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TERM=xterm-256color exec $(command -v bash || command -v sh)",
                "command -v bash >/dev/null && exec bash || exec sh",
                "clear; (bash || ash || sh)",
                "if [ -x /bin/bash ]; then exec /bin/bash; else exec /bin/sh; fi",
                "which bash 2>&1 >/dev/null; exec bash -l",
                "sh",
            })
    void knowsWhoLooksForAShell(String script) {
        assertTrue(SimulatedShell.startsShell(script));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 3", "echo sh", "bash script.sh", "TERM=xterm", "", "ls; sh"})
    void leavesOtherScriptsAlone(String script) {
        assertFalse(SimulatedShell.startsShell(script));
    }
}
