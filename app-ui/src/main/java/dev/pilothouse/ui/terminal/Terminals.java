package dev.pilothouse.ui.terminal;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Screen;
import dev.pilothouse.ui.workbench.Verb;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;

/** The screen of terminals. */
public final class Terminals {

    /** The type of its places. */
    public static final String TYPE = "terminal";

    /** How a session begins. */
    public enum Mode {
        /** A shell in a container. */
        SHELL,
        /** What runs in a container already. */
        ATTACH,
        /** A new container beside the others. */
        DEBUG
    }

    private static final Predicate<Kind> PODS = Verb.resources("pods");

    private Terminals() {}

    /** The screen; its place is that of a pod. */
    public static Screen screen() {
        return new Screen(
                TYPE,
                TerminalPage::new,
                List.of(
                        Verb.opening("shell", "s", PODS, pod -> of(pod, "", Mode.SHELL)).changing(),
                        Verb.opening("attach", "a", PODS, pod -> of(pod, "", Mode.ATTACH))
                                .changing(),
                        Verb.opening("debug", "", PODS, pod -> of(pod, "", Mode.DEBUG)).changing()),
                false);
    }

    /**
     * A new session with a pod.
     *
     * @param container which container; empty for the one that is meant when none is named
     */
    public static Place of(ObjectRef pod, String container, Mode mode) {
        // Each session is a page of its own, however many there are of a container.
        String session = UUID.randomUUID().toString().substring(0, 8);
        return Place.of(TYPE, pod)
                .with("session", session)
                .with("mode", mode.name().toLowerCase(Locale.ROOT))
                .withState("container", container);
    }
}
