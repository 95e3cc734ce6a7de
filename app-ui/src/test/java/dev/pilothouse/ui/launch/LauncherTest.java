package dev.pilothouse.ui.launch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {

    @Test
    void findsADisplayOfEitherKindOnLinux() {
        assertTrue(Launcher.hasDisplay("Linux", Map.of("DISPLAY", ":0")));
        assertTrue(Launcher.hasDisplay("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0")));
        assertFalse(Launcher.hasDisplay("Linux", Map.of("DISPLAY", "")));
        assertFalse(Launcher.hasDisplay("Linux", Map.of()));
    }

    @Test
    void takesOtherSystemsToHaveOne() {
        assertTrue(Launcher.hasDisplay("Mac OS X", Map.of()));
        assertTrue(Launcher.hasDisplay("Windows 11", Map.of()));
    }
}
