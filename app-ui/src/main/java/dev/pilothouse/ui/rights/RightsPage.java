package dev.pilothouse.ui.rights;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Place;
import dev.pilothouse.ui.workbench.Title;
import dev.pilothouse.ui.workbench.Where;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Who may do something, and whether the user may. JavaFX thread only. */
final class RightsPage implements Page {

    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
    private static final List<String> VERBS =
            List.of(
                    "get",
                    "list",
                    "watch",
                    "create",
                    "update",
                    "patch",
                    "delete",
                    "deletecollection",
                    "impersonate",
                    "bind",
                    "escalate");

    private final Context context;
    private final RightsModel model;
    private final ComboBox<String> verb = combo("rights-verb", "rights.verb", 140);
    private final ComboBox<String> resource = combo("rights-resource", "rights.resource", 230);
    private final ComboBox<String> namespace = combo("rights-namespace", "rights.namespace", 180);
    private final Label me = new Label();
    private final Label problem = new Label();
    private final Label mineProblem = new Label();
    private final TableView<Rbac.Grant> who = new TableView<>();
    private final TableView<Rule> mine = new TableView<>();
    private final VBox root = new VBox(10);
    private final ObservableValue<Title> title;
    private boolean seen;

    RightsPage(Place place, Context context) {
        this.context = context;
        model = new RightsModel(context.cluster(), context.pulse(), this::show);
        String name = Texts.text("screen.rights");
        title = new SimpleObjectProperty<>(Title.of(name, name, "rights"));
        verb.getItems().setAll(VERBS);
        verb.setValue(or(place.state("verb"), "get"));
        resource.getItems().setAll(resources(context.kinds().get()));
        resource.setValue(or(place.state("resource"), "pods"));
        namespace.setValue(place.state("namespace"));
        layOut();
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    private static List<String> resources(List<Kind> kinds) {
        return kinds.stream().map(kind -> kind.qualified()).distinct().sorted().toList();
    }

    private ComboBox<String> combo(String id, String text, double width) {
        ComboBox<String> combo = new ComboBox<>();
        combo.setId(id);
        combo.setEditable(true);
        combo.setPrefWidth(width);
        combo.setPromptText(Texts.text(id.equals("rights-namespace") ? "namespace.all" : text));
        combo.setAccessibleText(Texts.text(text));
        combo.getEditor().setAccessibleText(Texts.text(text));
        combo.setOnAction(event -> ask());
        return combo;
    }

    private void layOut() {
        Button ask = new Button(Texts.text("rights.ask"));
        ask.setId("rights-ask");
        ask.getStyleClass().add("accent");
        ask.setOnAction(event -> ask());
        FlowPane query =
                new FlowPane(
                        8,
                        8,
                        field("rights.verb", verb),
                        field("rights.resource", resource),
                        field("rights.namespace", namespace),
                        ask);
        query.setRowValignment(VPos.BOTTOM);
        me.setId("rights-me");
        me.setWrapText(true);
        me.getStyleClass().addAll("fact-value", "rights-me");
        problem.setId("rights-problem");
        for (Label label : List.of(problem, mineProblem)) {
            label.setWrapText(true);
            label.getStyleClass().add("hint");
            label.managedProperty().bind(label.textProperty().isNotEmpty());
        }
        Tables.grants(who);
        who.setId("rights-who");
        who.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        openBinding();
                        event.consume();
                    }
                });
        who.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                openBinding();
            }
        });
        Tables.rules(mine);
        mine.setId("rights-mine");
        VBox.setVgrow(who, Priority.ALWAYS);
        VBox.setVgrow(mine, Priority.ALWAYS);
        Label masters = new Label(Texts.text("rights.masters"));
        masters.setWrapText(true);
        masters.setMinHeight(Region.USE_PREF_SIZE);
        masters.getStyleClass().add("hint");
        TabPane tabs =
                new TabPane(
                        tab("who", new VBox(8, problem, who, masters)),
                        tab("mine", new VBox(8, mineProblem, mine)));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getStyleClass().add("detail-tabs");
        VBox.setVgrow(tabs, Priority.ALWAYS);
        root.setId("rights");
        root.getStyleClass().addAll("detail", "rights");
        root.getChildren().setAll(query, me, tabs);
    }

    private static VBox field(String text, Region control) {
        Label label = new Label(Texts.text(text));
        label.setLabelFor(control);
        label.getStyleClass().add("hint");
        VBox box = new VBox(2, label, control);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static Tab tab(String id, VBox content) {
        content.getStyleClass().add("rights-tab");
        Tab tab = new Tab(Texts.text("rights." + id), content);
        tab.setId("rights-tab-" + id);
        return tab;
    }

    private void openBinding() {
        Rbac.Grant grant = who.getSelectionModel().getSelectedItem();
        if (grant != null) {
            Rbac.Binding binding = grant.binding();
            context.kinds().get().stream()
                    .filter(kind -> kind.kind().equals(binding.kind()))
                    .findFirst()
                    .map(kind -> ObjectRef.of(kind, binding.namespace(), binding.name()))
                    .ifPresent(ref -> context.actions().run(List.of(ref), "detail", Where.TAB));
        }
    }

    private void ask() {
        if (!seen) {
            return;
        }
        me.setText(Texts.text("rights.asking"));
        model.ask(Question.of(text(verb), text(resource), text(namespace), context.kinds().get()));
    }

    private static String text(ComboBox<String> combo) {
        // Before it is drawn for the first time the editor has no text.
        String typed = combo.getSkin() == null ? combo.getValue() : combo.getEditor().getText();
        return typed == null ? "" : typed;
    }

    private void show(RightsModel.Answer answer) {
        me.setText(answer.me());
        me.pseudoClassStateChanged(GOOD, Boolean.TRUE.equals(answer.allowed()));
        me.pseudoClassStateChanged(BAD, Boolean.FALSE.equals(answer.allowed()));
        problem.setText(answer.problem());
        who.getItems().setAll(answer.who());
        mine.getItems().setAll(answer.mine());
        mineProblem.setText(answer.mineProblem());
    }

    @Override
    public ObservableValue<Title> title() {
        return title;
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        return Place.of(Rights.TYPE)
                .withState("verb", text(verb))
                .withState("resource", text(resource))
                .withState("namespace", text(namespace));
    }

    @Override
    public boolean goTo(Place place) {
        verb.setValue(or(place.state("verb"), text(verb)));
        resource.setValue(or(place.state("resource"), text(resource)));
        namespace.setValue(place.state("namespace"));
        ask();
        return true;
    }

    @Override
    public void focus() {
        resource.requestFocus();
    }

    @Override
    public void shown() {
        seen = true;
        ask();
    }

    @Override
    public void hidden() {
        seen = false;
        model.stop();
    }
}
