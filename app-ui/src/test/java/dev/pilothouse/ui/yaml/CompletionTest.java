package dev.pilothouse.ui.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void knowsWhereACaretStands() {
        assertCaret("spec:\n  repl|", List.of("spec"), "", "repl");
        assertCaret("spec:\n  replicas: 1|", List.of("spec"), "replicas", "1");
        assertCaret("a: 1\n|", List.of(), "", "");
        assertCaret(
                "spec:\n  containers:\n  - name: x\n    im|",
                List.of("spec", "containers", "-"),
                "",
                "im");
        assertCaret("spec:\n  containers:\n  - na|", List.of("spec", "containers", "-"), "", "na");
        assertCaret(
                "spec:\n  containers:\n    - name: x\n      ports:\n        - containerPort: 1\n      im|",
                List.of("spec", "containers", "-"),
                "",
                "im");
        assertCaret(
                "kind: A\n---\nspec:\n  containers:\n  - name: x\n    env:\n    - name: A\n      value|",
                List.of("spec", "containers", "-", "env", "-"),
                "",
                "value");
    }

    @Test
    void knowsTheKeysBeside() {
        Caret caret = caret("spec:\n  a: 1\n  |\n  b:\n    c: 1\nstatus: x\n");

        assertEquals(Set.of("a", "b"), caret.siblings());
    }

    @Test
    void proposesNothingInCommentsAndText() {
        assertNull(caret("spec:\n  # re|"));
        assertNull(caret("data:\n  text: |\n    some".replace("|", "\u0001") + "|"));
    }

    @Test
    void proposesTheNearestNames() {
        assertEquals("replicas", Validator.nearest("replcas", List.of("replicas", "paused")));
        assertEquals("", Validator.nearest("something", List.of("replicas")));
        assertTrue(Validator.nearest("Replicas", List.of("replicas")).equals("replicas"));
    }

    private static void assertCaret(String text, List<String> path, String key, String typed) {
        Caret caret = caret(text);
        assertEquals(path, caret.path(), text);
        assertEquals(key, caret.key(), text);
        assertEquals(typed, caret.typed(), text);
    }

    private static Caret caret(String marked) {
        int offset = marked.lastIndexOf('|');
        String text = marked.substring(0, offset) + marked.substring(offset + 1);
        return Caret.of(text.replace('\u0001', '|'), offset);
    }
}
