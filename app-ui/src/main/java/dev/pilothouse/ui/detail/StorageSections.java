package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.detail.Section.Tone;
import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.node.ObjectNode;

/** Claims of volumes, and volumes. */
final class StorageSections {

    private StorageSections() {}

    static List<Section> of(DetailData data) {
        ObjectNode object = data.object();
        boolean claim = data.ref().kind().kind().equals("PersistentVolumeClaim");
        List<Fact> facts = new ArrayList<>();
        String phase = Json.text(object, "status", "phase");
        facts.add(Fact.of(Texts.text("detail.status"), phase, tone(phase)));
        if (claim) {
            String volume = Json.text(object, "spec", "volumeName");
            facts.add(
                    Fact.link(
                            Texts.text("detail.volume"),
                            volume,
                            data.link("PersistentVolume", volume)));
            facts.add(
                    Fact.of(
                            Texts.text("detail.requested"),
                            Json.text(object, "spec", "resources", "requests", "storage")));
            facts.add(
                    Fact.of(
                            Texts.text("detail.capacity"),
                            Json.text(object, "status", "capacity", "storage")));
        } else {
            String namespace = Json.text(object, "spec", "claimRef", "namespace");
            String name = Json.text(object, "spec", "claimRef", "name");
            facts.add(
                    Fact.link(
                            Texts.text("detail.claim"),
                            name,
                            data.link("PersistentVolumeClaim", namespace, name)));
            facts.add(
                    Fact.of(
                            Texts.text("detail.capacity"),
                            Json.text(object, "spec", "capacity", "storage")));
            facts.add(
                    Fact.of(
                            Texts.text("detail.reclaim"),
                            Json.text(object, "spec", "persistentVolumeReclaimPolicy")));
        }
        StringJoiner modes = new StringJoiner(", ");
        object.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asString("")));
        facts.add(Fact.of(Texts.text("detail.access"), modes.toString()));
        facts.add(
                Fact.of(Texts.text("detail.volumeMode"), Json.text(object, "spec", "volumeMode")));
        String storage = Json.text(object, "spec", "storageClassName");
        facts.add(
                Fact.link(Texts.text("detail.class"), storage, data.link("StorageClass", storage)));
        facts.removeIf(fact -> fact.value().isEmpty());
        return List.of(new Section(data.ref().kind().kind(), new Facts(facts)));
    }

    private static Tone tone(String phase) {
        return switch (phase) {
            case "Bound", "Available" -> Tone.GOOD;
            case "Lost", "Failed" -> Tone.BAD;
            default -> Tone.WAITING;
        };
    }
}
