package dev.pilothouse.ui.list;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.resource.ObjectTable;
import dev.pilothouse.ui.workbench.Context;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes what a list shows to a file that the user chooses. JavaFX thread only. */
final class Exporter {

    private final Context context;
    private final ObjectTable table;

    Exporter(Context context, ObjectTable table) {
        this.context = context;
        this.table = table;
    }

    /** The columns that are seen. */
    void csv(Kind kind) {
        byte[] text = Export.csv(table.texts());
        File file = choose(kind, "csv");
        if (file != null) {
            write(file, () -> text);
        }
    }

    /**
     * The whole objects that are shown, read anew.
     *
     * @param ending of the file's name
     */
    void objects(
            Kind kind,
            List<String> namespaces,
            String ending,
            Function<List<ObjectNode>, byte[]> form) {
        Set<String> uids = table.uids();
        File file = choose(kind, ending);
        if (file != null) {
            write(
                    file,
                    () ->
                            form.apply(
                                    read(kind, namespaces).stream()
                                            .filter(object ->
                                                    uids.contains(
                                                            Json.text(object, "metadata", "uid")))
                                            .map(kind::typed)
                                            .toList()));
        }
    }

    private List<ObjectNode> read(Kind kind, List<String> namespaces)
            throws IOException, InterruptedException {
        if (namespaces.isEmpty()) {
            return context.cluster().objects(kind, "", "");
        }
        List<ObjectNode> objects = new ArrayList<>();
        for (String namespace : namespaces) {
            objects.addAll(context.cluster().objects(kind, namespace, ""));
        }
        return objects;
    }

    private @Nullable File choose(Kind kind, String ending) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Texts.text("export.title"));
        chooser.setInitialFileName(kind.resource() + "." + ending);
        Window window =
                table.view().getScene() == null ? null : table.view().getScene().getWindow();
        return chooser.showSaveDialog(window);
    }

    @FunctionalInterface
    private interface Content {
        byte[] get() throws IOException, InterruptedException;
    }

    private void write(File file, Content content) {
        String done = Texts.text("export.done", file.toString());
        context.background(
                "export",
                () -> {
                    Files.write(file.toPath(), content.get());
                    context.pulse().execute(() -> context.notices().done(done));
                },
                reason -> Texts.text("export.failed", file.toString(), reason));
    }
}
