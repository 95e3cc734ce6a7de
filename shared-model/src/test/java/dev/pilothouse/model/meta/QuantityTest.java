package dev.pilothouse.model.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void writesTheCanonicalForm() {
        List<List<String>> cases =
                List.of(
                        List.of("1000m", "1"),
                        List.of("0.5Gi", "512Mi"),
                        List.of("1500m", "1500m"),
                        List.of("1e3", "1e3"),
                        List.of("1E3", "1e3"),
                        List.of("1000", "1k"),
                        List.of("1024Ki", "1Mi"),
                        List.of("1.5Ki", "1536"),
                        List.of("0", "0"),
                        List.of("0Gi", "0"),
                        List.of("-0.5", "-500m"),
                        List.of("+5", "5"),
                        List.of(".5", "500m"),
                        List.of("5.", "5"),
                        List.of("100000000", "100M"),
                        List.of("1E", "1E"),
                        List.of("0.0000000001", "1n"),
                        List.of("0.5Ki", "512"),
                        List.of("2u", "2u"),
                        List.of("010", "10"));
        for (List<String> pair : cases) {
            assertEquals(pair.get(1), Quantity.canonical(pair.get(0)), pair.get(0));
            assertEquals(pair.get(1), Quantity.canonical(pair.get(1)), "again " + pair.get(1));
        }
    }

    @Test
    void refusesWhatIsNoQuantity() {
        for (String text : List.of("", "abc", "1x", "--1", "1.2.3", ".", "1 Gi", " 1", "1_0")) {
            var error =
                    assertThrows(IllegalArgumentException.class, () -> Quantity.parse(text), text);
            assertEquals(Quantity.SYNTAX_ERROR, error.getMessage(), text);
        }
        for (String text : List.of("1Kii", "1mi", "1e", "1KM", "1i")) {
            var error =
                    assertThrows(IllegalArgumentException.class, () -> Quantity.parse(text), text);
            assertEquals("unable to parse quantity's suffix", error.getMessage(), text);
        }
    }

    @Test
    void calculatesExactly() {
        Quantity sum = Quantity.parse("100m").add(Quantity.parse("0.9"));
        assertEquals("1", sum.toString());
        assertTrue(sum.subtract(Quantity.of(1)).isZero());
        assertEquals("-1Gi", Quantity.parse("1Gi").negate().toString());
        assertTrue(Quantity.parse("1Gi").compareTo(Quantity.parse("1G")) > 0);
        assertEquals(0, Quantity.parse("1024").compareTo(Quantity.parse("1Ki")));
    }

    @Test
    void roundsUp() {
        assertEquals(2, Quantity.parse("1001m").value());
        assertEquals(1, Quantity.parse("1u").milliValue());
        assertEquals(Long.MAX_VALUE, Quantity.parse("100E").value());
        assertTrue(Quantity.parse("3").isWhole());
        assertFalse(Quantity.parse("3m").isWhole());
    }
}
