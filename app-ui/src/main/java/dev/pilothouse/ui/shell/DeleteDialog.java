package dev.pilothouse.ui.shell;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.ApiCall;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Asks before an object is deleted, naming exactly which, then deletes it. JavaFX thread only. */
final class DeleteDialog {

    private final Cluster cluster;
    private final Executor pulse;
    private final Consumer<String> failed;

    /**
     * A dialog that asks for any object.
     *
     * @param failed is told why the server refused, in a sentence
     */
    DeleteDialog(Cluster cluster, Executor pulse, Consumer<String> failed) {
        this.cluster = cluster;
        this.pulse = pulse;
        this.failed = failed;
    }

    /** Asks about one object or several of a kind; returns at once. */
    void ask(List<ObjectRef> objects, @Nullable Window owner) {
        ObjectRef first = objects.getFirst();
        boolean one = objects.size() == 1;
        String kind = first.kind().kind();
        new ConfirmDialog(cluster)
                .ask(
                        new ConfirmDialog.Question(
                                "delete",
                                one
                                        ? Texts.text("delete.header", kind, first.name())
                                        : Texts.text("delete.headerMany", kind, objects.size()),
                                one
                                        ? ConfirmDialog.about(first, "delete.sentence", cluster)
                                        : Texts.text(
                                                "delete.sentenceMany",
                                                objects.size(),
                                                ConfirmDialog.where(cluster)),
                                Texts.text("delete.yes"),
                                Texts.text("delete.no"),
                                objects),
                        owner,
                        () -> delete(objects));
    }

    /** In the background, as kubectl has it, and only the object that was asked about. */
    private static ObjectNode options(String uid) {
        ObjectNode options = Json.object().put("kind", "DeleteOptions").put("apiVersion", "v1");
        options.put("propagationPolicy", "Background");
        if (!uid.isEmpty()) {
            options.putObject("preconditions").put("uid", uid);
        }
        return options;
    }

    private void delete(List<ObjectRef> objects) {
        Thread.ofVirtual()
                .name("delete")
                .start(() -> {
                    for (ObjectRef object : objects) {
                        try {
                            cluster.call(ApiCall.delete(object.path(), options(object.uid())));
                        } catch (IOException e) {
                            // The others are deleted all the same.
                            String reason = String.valueOf(e.getMessage());
                            pulse.execute(() ->
                                    failed.accept(
                                            Texts.text("delete.failed", object.name(), reason)));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            return;
                        }
                    }
                });
    }
}
