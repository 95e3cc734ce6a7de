package dev.pilothouse.ui.detail;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.detail.Section.Fact;
import dev.pilothouse.ui.detail.Section.Facts;
import dev.pilothouse.ui.i18n.Texts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What is in a ConfigMap or a Secret; secrets are covered until they are asked for. */
final class DataSections {

    private DataSections() {}

    static List<Section> of(DetailData data) {
        List<Fact> facts = new ArrayList<>();
        boolean secret = data.ref().kind().kind().equals("Secret");
        Json.stringMap(data.object(), "data")
                .forEach((key, value) ->
                        facts.add(secret ? Fact.secret(key, decoded(value)) : Fact.of(key, value)));
        Json.stringMap(data.object(), "binaryData")
                .forEach((key, value) -> facts.add(Fact.of(key, decoded(value))));
        String type = Json.text(data.object(), "type");
        if (!type.isEmpty()) {
            facts.addFirst(Fact.of(Texts.text("detail.type"), type));
        }
        if (facts.isEmpty()) {
            facts.add(Fact.of(Texts.text("detail.data"), Texts.text("detail.none")));
        }
        return List.of(new Section(Texts.text("detail.data"), new Facts(facts)));
    }

    private static String decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Texts.text("detail.binary", base64.length() * 3 / 4);
        }
    }
}
