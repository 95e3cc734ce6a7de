package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.form.FormPane;
import dev.pilothouse.ui.fx.KeepFocus;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.manifest.EditorModel;
import dev.pilothouse.ui.manifest.Manifest;
import dev.pilothouse.ui.yaml.Problem;
import dev.pilothouse.ui.yaml.YamlDocument;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.SplitPane;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text and what stands beside it or in its place: the form of the document in which the caret
 * is, the difference to what the cluster has. JavaFX thread only.
 */
final class EditorSides {

    private final CodeEditor code;
    private final EditorModel model;
    private final DocumentHelp help;
    private final FormPane form;
    private final DiffView diff = new DiffView();
    private final SplitPane split = new SplitPane();

    /**
     * The sides of one text.
     *
     * @param formed is told the object as the form has it
     */
    EditorSides(
            CodeEditor code, EditorModel model, DocumentHelp help, Consumer<ObjectNode> formed) {
        this.code = code;
        this.model = model;
        this.help = help;
        this.form = new FormPane(formed);
        code.view().setMinWidth(120);
    }

    SplitPane view() {
        return split;
    }

    /** What is seen, from left to right. */
    List<Parent> regions() {
        return split.getItems().stream().map(Parent.class::cast).toList();
    }

    /** Shows other sides. */
    void arrange(EditorBar.Mode mode) {
        split.getItems()
                .setAll(
                        switch (mode) {
                            case YAML -> List.of(code.view());
                            case FORM -> List.of(form.view());
                            case BOTH -> List.of(code.view(), form.view());
                            case DIFF -> List.of(diff.view());
                        });
    }

    /** Gives the keyboard to the first side. */
    void focus(EditorBar.Mode mode) {
        switch (mode) {
            case FORM -> form.focus();
            case DIFF -> KeepFocus.first(diff.view());
            case YAML, BOTH -> code.focus();
        }
    }

    /** What stands beside the text follows it. */
    void show(EditorBar.Mode mode) {
        switch (mode) {
            case FORM, BOTH -> form.show(help.document(), help.schema());
            case DIFF ->
                    diff.show(
                            Texts.text("editor.diff.live"),
                            model.liveText(),
                            Texts.text("editor.diff.mine"),
                            normal(model.text()));
            case YAML -> {}
        }
    }

    /** Says what is wrong beside the fields of the form. */
    void show(List<Problem> problems) {
        form.show(problems);
    }

    /** Comments and order are no difference to the cluster. */
    private String normal(String text) {
        List<YamlDocument> documents = YamlDocument.parse(text);
        ObjectNode only = documents.size() == 1 ? documents.getFirst().object() : null;
        return only == null || !documents.getFirst().problems().isEmpty() || model.live() == null
                ? text
                : Manifest.text(only);
    }
}
