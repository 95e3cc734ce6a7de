package dev.pilothouse.ui.terminal;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.Background;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.terminal.Terminals.Mode;
import dev.pilothouse.ui.terminal.screen.Terminal;
import dev.pilothouse.ui.terminal.session.DebugContainer;
import dev.pilothouse.ui.terminal.session.Session;
import dev.pilothouse.ui.terminal.session.Session.Ending;
import dev.pilothouse.ui.terminal.session.SessionRequest;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.workbench.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A terminal in a container: connects, shows, says how it ended, connects again. */
final class TerminalPage implements Page {

    private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final Place place;
    private final Context context;
    private final ObjectRef pod;
    private final Mode mode;
    private final ReadOnlyObjectWrapper<Title> title;
    private final BorderPane root = new BorderPane();
    private final TerminalView view;
    private final TerminalTools tools;
    private final AtomicBoolean drawing = new AtomicBoolean();
    private String container;
    private @Nullable Session session;
    private Terminal terminal = new Terminal(80, 24, _ -> {});
    private boolean closed;
    private boolean visible;

    TerminalPage(Place place, Context context) {
        this.place = place;
        this.context = context;
        ObjectRef object = place.object();
        if (object == null) {
            throw new IllegalArgumentException("a terminal needs a pod");
        }
        pod = object;
        mode = mode(place.value("mode"));
        container = place.state("container");
        title = new ReadOnlyObjectWrapper<>(describe());
        view = new TerminalView(this::type, this::resized);
        tools = new TerminalTools(mode, new ToolActions());
        root.setId("terminal");
        root.getStyleClass().add("terminal");
        root.setTop(tools.view());
        root.setCenter(view);
        if (mode == Mode.DEBUG) {
            tools.askImage();
        }
        find();
    }

    private static Mode mode(String text) {
        for (Mode mode : Mode.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        return Mode.SHELL;
    }

    private Title describe() {
        String text = container.isEmpty() ? pod.name() : pod.name() + " / " + container;
        return Title.of(
                pod.name(),
                Texts.text("terminal.title." + mode.name().toLowerCase(Locale.ROOT), text),
                "terminal");
    }

    private void work(Background.Work work) {
        var _ = Background.start("terminal", this::later, work, tools::failed);
    }

    private void later(Runnable work) {
        context.pulse()
                .execute(() -> {
                    if (!closed) {
                        work.run();
                    }
                });
    }

    /** Finds out which containers there are; connects unless the user has to be asked. */
    private void find() {
        tools.say(Texts.text("terminal.connecting"));
        work(() -> {
            ObjectNode object = context.cluster().object(pod.kind(), pod.namespace(), pod.name());
            List<String> names = new ArrayList<>();
            for (String list :
                    new String[] {"containers", "initContainers", "ephemeralContainers"}) {
                Json.objects(object.path("spec"), list)
                        .forEach(each -> names.add(Json.text(each, "name")));
            }
            String meant = Json.text(object, "metadata", "annotations", DEFAULT_CONTAINER);
            boolean tty = isTty(object);
            later(() -> found(names, meant, tty));
        });
    }

    private boolean isTty(ObjectNode object) {
        for (ObjectNode each : Json.objects(object.path("spec"), "containers")) {
            if (container.isEmpty() || Json.text(each, "name").equals(container)) {
                return each.path("tty").asBoolean(false);
            }
        }
        return false;
    }

    private void found(List<String> names, String meant, boolean tty) {
        if (container.isEmpty() || !names.contains(container)) {
            container = names.contains(meant) ? meant : names.isEmpty() ? "" : names.getFirst();
        }
        title.set(describe());
        tools.containers(names, container);
        if (mode != Mode.DEBUG) {
            connect(mode == Mode.ATTACH ? tty : true);
        } else {
            tools.say("");
        }
    }

    private void connect(boolean tty) {
        List<String> command = mode == Mode.SHELL ? tools.command() : List.of();
        if (String.join("", command)
                .chars()
                .anyMatch(c -> SessionRequest.UNSENDABLE.indexOf(c) >= 0)) {
            tools.failed(Texts.text("terminal.characters", SessionRequest.UNSENDABLE));
            return;
        }
        connect(new SessionRequest(pod.namespace(), pod.name(), container, command, tty));
    }

    private void connect(SessionRequest request) {
        end();
        tools.say(Texts.text("terminal.connecting"));
        var events = new SessionEvents();
        terminal = new Terminal(view.columns(), view.rows(), events::reply);
        events.shown = terminal;
        view.show(terminal);
        session = Session.open(context.cluster(), request, view.columns(), view.rows(), events);
        events.session = session;
        if (visible) {
            view.requestFocus();
        }
    }

    private void debug(String image) {
        tools.say(Texts.text("terminal.starting", image));
        String target = container;
        work(() -> {
            String name = DebugContainer.start(context.cluster(), pod, image, target);
            later(() ->
                    connect(
                            new SessionRequest(
                                    pod.namespace(), pod.name(), name, List.of(), true)));
        });
    }

    private void type(byte[] bytes) {
        if (session != null) {
            session.type(bytes);
        }
    }

    private void resized(int columns, int rows) {
        if (session != null) {
            session.resize(columns, rows);
        }
    }

    private void end() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** Draws at the next pulse, however often it is told before. */
    private void draw() {
        if (drawing.compareAndSet(false, true)) {
            context.pulse()
                    .execute(() -> {
                        drawing.set(false);
                        if (visible) {
                            view.redraw();
                        }
                    });
        }
    }

    private final class SessionEvents implements Session.Events {
        private volatile @Nullable Session session;
        private volatile @Nullable Terminal shown;
        private boolean said;

        void reply(byte[] bytes) {
            Session open = session;
            if (open != null) {
                open.type(bytes);
            }
        }

        @Override
        public void output(byte[] bytes, int from, int to) {
            Terminal screen = shown;
            if (screen != null) {
                screen.write(bytes, from, to);
            }
            if (!said) {
                said = true;
                later(() -> tools.say(""));
            }
            draw();
        }

        @Override
        public void ended(Ending ending) {
            later(() -> {
                TerminalPage.this.session = null;
                switch (ending) {
                    case Ending.Exited exited -> tools.exited(exited.code());
                    case Ending.Failed failed -> tools.failed(failed.reason());
                }
                view.redraw();
            });
        }
    }

    private final class ToolActions implements TerminalTools.Actions {
        @Override
        public void container(String chosen) {
            container = chosen;
            title.set(describe());
            if (mode != Mode.DEBUG) {
                find();
            }
        }

        @Override
        public void again() {
            find();
        }

        @Override
        public void another() {
            context.workbench().open(Terminals.of(pod, container, mode), Where.TAB);
        }

        @Override
        public void debug(String image) {
            TerminalPage.this.debug(image);
        }
    }

    @Override
    public ObservableValue<Title> title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        return place.withState("container", container);
    }

    @Override
    public void focus() {
        view.requestFocus();
    }

    /** A session lives on while it is not seen, as a shell in any terminal does. */
    @Override
    public void shown() {
        visible = true;
        view.redraw();
    }

    @Override
    public void hidden() {
        visible = false;
    }

    @Override
    public void close() {
        closed = true;
        end();
    }
}
