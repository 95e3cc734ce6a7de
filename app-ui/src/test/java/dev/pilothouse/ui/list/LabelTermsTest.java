package dev.pilothouse.ui.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelTermsTest {

    @Test
    void findsLabelsAmongWords() {
        LabelTerms read = LabelTerms.of("web app=web !old tier!=db, env in (a, b) status:running");

        assertEquals(List.of("app=web", "tier!=db", "env in (a, b)"), read.terms());
        assertEquals("web !old status:running", read.rest());
    }

    @Test
    void leavesWordsAlone() {
        LabelTerms read = LabelTerms.of("restarts:>3 =x name");

        assertEquals(List.of(), read.terms());
        assertEquals("restarts:>3 =x name", read.rest());
    }

    @Test
    void takesQualifiedNamesAndEmptyValues() {
        LabelTerms read = LabelTerms.of("app.kubernetes.io/name=web node-role=");

        assertEquals(List.of("app.kubernetes.io/name=web", "node-role="), read.terms());
    }

    @Test
    void splitsASelectorIntoItsRequirements() {
        assertEquals(
                List.of("app=web", "env in (a,b)", "!old"),
                LabelTerms.split("app==web,env in (b,a),!old"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThrows(IllegalArgumentException.class, () -> LabelTerms.normal("app=a b"));
        assertThrows(IllegalArgumentException.class, () -> LabelTerms.normal("app=we/b"));
    }
}
