package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.fx.KeepFocus;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Sections one below the other; only what has changed is drawn again. JavaFX thread only. */
final class SectionList {

    private final SectionView drawer;
    private final VBox root = new VBox(18);
    private List<Section> drawn = List.of();

    SectionList(SectionView drawer) {
        this.drawer = drawer;
        root.getStyleClass().add("sections");
    }

    Region view() {
        return root;
    }

    void show(List<Section> now) {
        KeepFocus.during(root, () -> draw(now));
    }

    private void draw(List<Section> now) {
        for (int i = 0; i < now.size(); i++) {
            if (i >= root.getChildren().size()) {
                root.getChildren().add(drawer.view(now.get(i)));
            } else if (i >= drawn.size() || !drawn.get(i).equals(now.get(i))) {
                root.getChildren().set(i, drawer.view(now.get(i)));
            }
        }
        if (root.getChildren().size() > now.size()) {
            root.getChildren().remove(now.size(), root.getChildren().size());
        }
        drawn = new ArrayList<>(now);
    }
}
