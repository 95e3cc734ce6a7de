package dev.pilothouse.server.controller.persistentvolume;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.controller.volumes.ClaimView;
import dev.pilothouse.server.controller.volumes.VolumeView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds a volume for a claim: the one that is kept for it, or else the smallest that will do.
 * Source: component-helpers/storage/volume, FindMatchingVolume.
 */
final class VolumeMatch {

    private final ClaimView claim;
    private final Set<String> accessModes;
    private final String mode;
    private final Quantity request;
    private final @Nullable LabelSelector selector;

    VolumeMatch(ObjectNode tree) {
        this.claim = ClaimView.of(tree);
        this.accessModes = Set.copyOf(VolumeView.texts(Json.arrayAt(tree, "spec", "accessModes")));
        String said = Json.text(tree, "spec", "volumeMode");
        this.mode = said.isEmpty() ? "Filesystem" : said;
        this.request =
                Quantity.isValid(claim.request()) ? Quantity.parse(claim.request()) : Quantity.ZERO;
        ObjectNode labels = Json.objectAt(tree, "spec", "selector");
        this.selector = labels == null ? null : LabelSelector.fromJson(labels);
    }

    /**
     * The volume, or null.
     *
     * @param keptOnly whether only a volume will do that is kept for the claim
     */
    @Nullable VolumeView best(List<VolumeView> volumes, boolean keptOnly) {
        Optional<VolumeView> kept =
                volumes.stream()
                        .filter(volume -> volume.isFor(claim.key(), claim.uid()))
                        .filter(this::suits)
                        .min(Comparator.comparing(VolumeView::capacity));
        if (kept.isPresent() || keptOnly) {
            return kept.orElse(null);
        }
        return volumes.stream()
                .filter(volume -> volume.claim() == null && volume.phase().equals("Available"))
                .filter(volume -> volume.storageClass().equals(claim.storageClass()))
                .filter(volume -> selector == null || selector.matches(volume.labels()::get))
                .filter(this::suits)
                .min(Comparator.comparing(VolumeView::capacity).thenComparing(VolumeView::name))
                .orElse(null);
    }

    private boolean suits(VolumeView volume) {
        return !volume.deleting()
                && volume.mode().equals(mode)
                && volume.accessModes().containsAll(accessModes)
                && volume.capacity().compareTo(request) >= 0;
    }
}
