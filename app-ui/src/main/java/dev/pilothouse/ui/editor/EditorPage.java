package dev.pilothouse.ui.editor;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.fx.KeepFocus;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.manifest.EditorModel;
import dev.pilothouse.ui.manifest.Outcome;
import dev.pilothouse.ui.theme.Glyphs;
import dev.pilothouse.ui.workbench.Command;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.yaml.Problem;
import dev.pilothouse.ui.yaml.Span;
import dev.pilothouse.ui.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One text of manifests: YAML, a form beside it, the difference. JavaFX thread only. */
final class EditorPage implements Page {

    private final Context context;
    private final EditorParts parts;
    private final Place place;
    private final @Nullable ObjectRef object;
    private final EditorModel model;
    private final CodeEditor code;
    private final FindBar find;
    private final CompletionPopup completion;
    private final DocumentHelp help;
    private final EditorSides sides;
    private final Banners banners = new Banners(this::focus);
    private final EditorMessages messages;
    private final ProblemStrip strip = new ProblemStrip(this::go);
    private final EditorBar bar;
    private final BorderPane root = new BorderPane();
    private final ReadOnlyObjectWrapper<Title> title = new ReadOnlyObjectWrapper<>();
    private boolean started;

    EditorPage(Place place, Context context, EditorParts parts) {
        this.place = place;
        this.context = context;
        this.parts = parts;
        this.object = place.object();
        String key =
                object == null
                        ? context.cluster().endpoint().getAuthority()
                                + " new "
                                + place.value("resource")
                                + " "
                                + place.value("draft")
                        : EditorModel.key(
                                context.cluster(),
                                object.kind(),
                                object.namespace(),
                                object.name());
        model =
                new EditorModel(
                        context.cluster(),
                        parts.schemas(),
                        context.kinds(),
                        parts.drafts(),
                        key,
                        object == null ? place.value("namespace") : object.namespace(),
                        context.pulse(),
                        new ModelListener());
        code = new CodeEditor(this::typed);
        code.onTooLong(() -> context.notices().failed(Texts.text("editor.pasteTooLong")));
        help =
                new DocumentHelp(
                        () -> started ? model.text() : "",
                        () -> code.area().getCaretPosition(),
                        parts.schemas(),
                        context.kinds());
        sides = new EditorSides(code, model, help, this::formChanged);
        messages = new EditorMessages(banners, model, parts, context, new MessageActions());
        find = new FindBar(code.area());
        completion = new CompletionPopup(code.area(), help::proposals);
        code.keysFirstTo(completion::pressed);
        new Hover(code.area(), help::documentation);
        bar = new EditorBar(new BarActions(), object == null);
        layOut();
        new FileDrop(root, this::dropped, context.notices()::failed);
        showTitle();
        bar.mode(place.state("mode").isEmpty() ? EditorBar.Mode.YAML : mode(place));
    }

    private static EditorBar.Mode mode(Place place) {
        try {
            return EditorBar.Mode.valueOf(place.state("mode"));
        } catch (IllegalArgumentException e) {
            return EditorBar.Mode.YAML;
        }
    }

    private void layOut() {
        VBox.setVgrow(sides.view(), Priority.ALWAYS);
        root.setTop(new VBox(bar.view(), banners.view(), find.view()));
        root.setCenter(sides.view());
        root.setBottom(strip.view());
        root.getStyleClass().add("editor");
    }

    private void start() {
        started = true;
        parts.schemas().refresh();
        if (object != null) {
            bar.busy(Texts.text("editor.loading"));
            model.open(object.kind(), object.namespace(), object.name());
        } else {
            model.begin(parts.template(place, context));
            Kind kind = parts.kind(place, context);
            if (kind != null) {
                parts.template(kind, model.usualNamespace(), context, this::fuller);
            }
        }
    }

    @Override
    public ReadOnlyObjectProperty<Title> title() {
        return title.getReadOnlyProperty();
    }

    private void showTitle() {
        String name = object == null ? newName() : object.name();
        String hint =
                object == null
                        ? Texts.text("editor.title.new")
                        : Texts.text("editor.title", object.kind().kind(), object.name());
        boolean unsaved = started && model.isDirty() && object != null;
        String icon =
                object == null
                        ? "editor"
                        : Glyphs.icon(object.kind().group(), object.kind().kind());
        title.set(new Title(name, hint, icon, unsaved));
        bar.title(name, object == null ? null : object);
    }

    private String newName() {
        YamlDocument first = help.document();
        String name = first == null ? "" : Json.text(first.object(), "metadata", "name");
        return name.isEmpty() ? Texts.text("editor.title.new") : name;
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        return place.withState("mode", bar.mode().name());
    }

    @Override
    public void focus() {
        sides.focus(bar.mode());
    }

    @Override
    public void shown() {
        if (!started) {
            start();
        }
    }

    @Override
    public void close() {
        model.close();
        if (started && object != null && model.isDirty()) {
            context.notices().done(Texts.text("editor.draftKept", object.name()));
        }
    }

    @Override
    public List<Command> commands() {
        return List.of(
                new Command("editorApply", "Shortcut+ENTER Shortcut+S", () -> apply(false)),
                new Command("editorFind", "Shortcut+F", find::open),
                new Command("editorProblem", "F8", () -> strip.next(this::go)),
                new Command("editorYaml", "Alt+DIGIT1", () -> show(EditorBar.Mode.YAML)),
                new Command("editorForm", "Alt+DIGIT2", () -> show(EditorBar.Mode.FORM)),
                new Command("editorBoth", "Alt+DIGIT3", () -> show(EditorBar.Mode.BOTH)),
                new Command("editorDiff", "Alt+DIGIT4", () -> show(EditorBar.Mode.DIFF)));
    }

    private void show(EditorBar.Mode mode) {
        if (mode != EditorBar.Mode.DIFF || bar.canDiff()) {
            bar.mode(mode);
            context.workbench().focusCurrent();
        }
    }

    /** What is said above, the text, what stands beside it, what is wrong with it. */
    @Override
    public boolean turn(int steps) {
        List<Parent> regions = new ArrayList<>(List.of(bar.view(), banners.view()));
        regions.addAll(sides.regions());
        regions.add(strip.view());
        int at = 0;
        while (at < regions.size() && !KeepFocus.isIn(regions.get(at))) {
            at++;
        }
        for (int to = at + steps; to >= 0 && to < regions.size(); to += steps) {
            if (KeepFocus.first(regions.get(to))) {
                return true;
            }
        }
        return false;
    }

    private void typed(String text) {
        model.typed(text);
        showSides();
        showTitle();
    }

    /** A template with what the schema requires, in place of one that nobody has touched. */
    private void fuller(String template) {
        String begun = parts.lastTemplate();
        if (!template.equals(begun) && model.text().equals(begun)) {
            parts.lastTemplate(template);
            model.put(template);
            showTitle();
        }
    }

    private void formChanged(ObjectNode wanted) {
        model.put(help.index(), wanted);
    }

    /** What stands beside the text follows it. */
    private void showSides() {
        sides.show(bar.mode());
    }

    private void go(Problem problem) {
        if (bar.mode() == EditorBar.Mode.FORM || bar.mode() == EditorBar.Mode.DIFF) {
            bar.mode(EditorBar.Mode.YAML);
        }
        code.focus();
        code.select(problem.span().start(), problem.span().end());
    }

    private void apply(boolean force) {
        bar.busy(Texts.text("editor.applying"));
        model.apply(force, this::applied);
    }

    private void replace() {
        bar.busy(Texts.text("editor.applying"));
        model.replace(this::applied);
    }

    private void applied(Outcome outcome) {
        bar.busy("");
        messages.outcome(outcome);
        showTitle();
        showSides();
    }

    private void dropped(List<String> texts) {
        String before =
                model.text().isBlank() || !model.isDirty() && object == null
                        ? ""
                        : model.text().stripTrailing() + "\n---\n";
        model.put(before + String.join("\n---\n", texts));
        showTitle();
    }

    private final class ModelListener implements EditorModel.Listener {
        private boolean begun;

        @Override
        public void text(String text) {
            if (begun) {
                code.setText(text);
            } else {
                begun = true;
                code.start(text);
            }
            bar.busy("");
            showSides();
            showTitle();
        }

        @Override
        public void problems(List<Problem> problems, EditorModel.Check state) {
            code.show(problems);
            strip.show(problems, state);
            showSides();
            sides.show(problems);
        }

        @Override
        public void changedElsewhere(@Nullable ObjectNode live) {
            bar.canDiff(live != null);
            messages.changedElsewhere(live == null && object != null ? object.name() : "");
            showSides();
            showTitle();
        }

        @Override
        public void restored(String time) {
            messages.restored(parts.time(time));
        }

        @Override
        public void failed(String reason) {
            context.notices().failed(reason);
            bar.busy("");
        }
    }

    private void discard() {
        banners.clear();
        model.discard();
        if (object == null) {
            model.put(parts.template(place, context));
        }
        showTitle();
    }

    private final class BarActions implements EditorBar.Actions {
        @Override
        public void mode(EditorBar.Mode mode) {
            sides.arrange(mode);
            showSides();
        }

        @Override
        public void apply(boolean force) {
            EditorPage.this.apply(force);
        }

        @Override
        public void replace() {
            EditorPage.this.replace();
        }

        @Override
        public void discard() {
            EditorPage.this.discard();
        }

        @Override
        public void openFiles() {
            FileDrop.choose(
                    root.getScene().getWindow(),
                    EditorPage.this::dropped,
                    context.notices()::failed);
        }

        @Override
        public void find() {
            find.open();
        }

        @Override
        public void complete() {
            code.focus();
            completion.show(true);
        }

        @Override
        public List<Kind> kinds() {
            return context.kinds().get();
        }

        @Override
        public void template(Kind kind) {
            parts.template(
                    kind,
                    model.usualNamespace(),
                    context,
                    text -> {
                        String now = model.text();
                        boolean untouched = now.isBlank() || now.equals(parts.lastTemplate());
                        parts.lastTemplate(text);
                        model.put(untouched ? text : now.stripTrailing() + "\n---\n" + text);
                        showTitle();
                    });
        }
    }

    private final class MessageActions implements EditorMessages.Actions {
        @Override
        public void apply(boolean force) {
            EditorPage.this.apply(force);
        }

        @Override
        public void replace() {
            EditorPage.this.replace();
        }

        @Override
        public void discard() {
            EditorPage.this.discard();
        }

        @Override
        public void showDifference() {
            bar.mode(EditorBar.Mode.DIFF);
        }

        @Override
        public void select(Span span) {
            code.select(span.start(), span.end());
        }
    }
}
