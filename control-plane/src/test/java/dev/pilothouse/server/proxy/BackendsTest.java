package dev.pilothouse.server.proxy;

import static dev.pilothouse.server.proxy.FixedSlices.WEB;
import static dev.pilothouse.server.proxy.FixedSlices.ending;
import static dev.pilothouse.server.proxy.FixedSlices.ready;
import static dev.pilothouse.server.proxy.FixedSlices.slice;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilothouse.server.proxy.Backends.Backend;
import dev.pilothouse.server.proxy.SliceView.Endpoint;
import dev.pilothouse.server.testing.VirtualClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("127.0.0.1");
    private static final Endpoint DOWN = new Endpoint("10.0.0.9", false, false, "", null);

    private final VirtualClock clock = new VirtualClock(Instant.EPOCH);
    private final FixedSlices slices = new FixedSlices();
    private final Backends backends = new Backends(slices, clock);

    private List<String> order(Duration affinity) {
        return backends.order(WEB, CLIENT, affinity).stream()
                .map(backend -> backend.endpoint().address() + ":" + backend.port())
                .toList();
    }

    @Test
    void takesEndpointsInTurn() {
        slices.set(slice(81, ready("10.0.0.2"), DOWN), slice(82, ready("10.0.0.1")));

        assertEquals(List.of("10.0.0.1:82", "10.0.0.2:81"), order(null));
        assertEquals(List.of("10.0.0.2:81", "10.0.0.1:82"), order(null));
        assertEquals(List.of("10.0.0.1:82", "10.0.0.2:81"), order(null));
    }

    @Test
    void takesEndingOnesOnlyWhenNothingElseIsThere() {
        slices.set(slice(80, ending("10.0.0.1"), ready("10.0.0.2")));
        assertEquals(List.of("10.0.0.2:80"), order(null));

        slices.set(slice(80, ending("10.0.0.1"), DOWN));
        assertEquals(List.of("10.0.0.1:80"), order(null));

        slices.set(slice(80, DOWN));
        assertEquals(List.of(), order(null));
    }

    @Test
    void passesOverPortsOfOtherNames() {
        slices.set(slice(80, ready("10.0.0.1")));

        ServicePort other = new ServicePort("default", "web", "metrics", 9090);
        assertEquals(List.of(), backends.order(other, CLIENT, null));
    }

    @Test
    void keepsClientWithItsEndpointForTheTimeAsked() {
        slices.set(slice(80, ready("10.0.0.1"), ready("10.0.0.2"), ready("10.0.0.3")));
        Duration hour = Duration.ofHours(1);
        Backend chosen = new Backend(ready("10.0.0.2"), 80);
        backends.connected(WEB, CLIENT, hour, chosen);

        for (int i = 0; i < 5; i++) {
            assertEquals("10.0.0.2:80", order(hour).getFirst());
        }
        clock.advance(Duration.ofMinutes(61));
        assertEquals("10.0.0.3:80", order(hour).getFirst());
    }

    @Test
    void letsClientGoWhenItsEndpointHasGone() {
        slices.set(slice(80, ready("10.0.0.1"), ready("10.0.0.2")));
        Duration hour = Duration.ofHours(1);
        backends.connected(WEB, CLIENT, hour, new Backend(ready("10.0.0.2"), 80));

        slices.set(slice(80, ready("10.0.0.1")));

        assertEquals(List.of("10.0.0.1:80"), order(hour));
    }
}
