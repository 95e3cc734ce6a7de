package dev.pilothouse.server.kubelet.runtime.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.kubelet.runtime.simulated.Signal.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200m|0|0|0.2",
                "sine(100m, 500m, 10m)|0|0|0.1",
                "sine(100m, 500m, 10m)|300|0|0.5",
                "ramp(64Mi, 128Mi, 1m)|0|30|100663296",
                "ramp(64Mi, 128Mi, 1m)|0|3600|134217728",
                "100m + 1|0|0|1.1",
                "share(8)|0|0|2",
                "noise(2, 0)|77|0|2",
            })
    void hasValue(String text, double time, double age, double value) {
        assertEquals(value, SignalParser.parse(text).at(new Moment(time, age, 1, 4)), 1e-9);
    }

    @Test
    void noiseStaysWithinItsShareAndIsTheSameForTheSameSeed() {
        Signal noise = SignalParser.parse("noise(1, 0.25)");
        for (int time = 0; time < 10_000; time += 7) {
            double value = noise.at(new Moment(time, 0, 9, 1));
            assertTrue(value >= 0.75 && value <= 1.25);
            assertEquals(value, noise.at(new Moment(time, 0, 9, 1)));
        }
        assertNotEquals(noise.at(new Moment(50, 0, 1, 1)), noise.at(new Moment(50, 0, 2, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sine(1, 2)|sine takes 3 values, not 2 at 11 in \"sine(1, 2)\"",
                "wave(1)|\"wave\" is not one of sine, ramp, noise, share at 8 in \"wave(1)\"",
                "ramp(1, 2, soon)|\"soon\" is not a time such as 90s at 17 in \"ramp(1, 2, soon)\"",
                "1 2|unexpected \"2\" at 3 in \"1 2\"",
                "share(1|\")\" is missing at 8 in \"share(1\"",
            })
    void refuses(String text, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SignalParser.parse(text));

        assertEquals(message, e.getMessage());
    }
}
