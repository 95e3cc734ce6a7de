package dev.pilothouse.server.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.IndexFields;
import dev.pilothouse.server.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectMapTest {

    private static final GroupResource PODS = new GroupResource("", "pods");

    /** The order that is asked for, in the plainest way. */
    private static final Comparator<ObjectKey> UTF8 =
            Comparator.<ObjectKey, byte[]>comparing(
                            key -> key.namespace().getBytes(StandardCharsets.UTF_8),
                            Arrays::compareUnsigned)
                    .thenComparing(
                            key -> key.name().getBytes(StandardCharsets.UTF_8),
                            Arrays::compareUnsigned);

    private static StoredObject object(String namespace, String name, long revision) {
        return new StoredObject(
                new ObjectKey(PODS, namespace, name), revision, 1, new byte[0], IndexFields.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a\uffee\ud83d\ude00"})
    void behavesLikeASortedMapAndLeavesOldVersionsAlone(String alphabet) {
        Random random = new Random(9);
        int[] letters = alphabet.codePoints().toArray();
        ObjectMap map = ObjectMap.EMPTY;
        TreeMap<ObjectKey, StoredObject> model = new TreeMap<>(UTF8);
        List<ObjectMap> versions = new ArrayList<>();
        List<List<StoredObject>> contents = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            StoredObject object = object(word(random, letters, 1), word(random, letters, 6), i);
            if (random.nextInt(i < 4_000 ? 4 : 2) > 0) {
                map = map.with(object);
                model.put(object.key(), object);
            } else {
                ObjectKey near = model.ceilingKey(object.key());
                ObjectKey key = near == null ? object.key() : near;
                map = map.without(key);
                model.remove(key);
            }
            if (i % 500 == 0) {
                versions.add(map);
                contents.add(List.copyOf(model.values()));
                compare(model, map);
            }
        }
        for (int i = 0; i < versions.size(); i++) {
            assertEquals(contents.get(i), list(versions.get(i).iterate("", null, null)));
        }
        compare(model, ObjectMap.of(new ArrayList<>(model.values()).reversed()));
        for (ObjectKey key : List.copyOf(model.keySet())) {
            map = map.without(key);
        }
        assertSame(ObjectMap.EMPTY, map);
    }

    private static String word(Random random, int[] letters, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= random.nextInt(length + 1); i++) {
            word.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return word.toString();
    }

    private static void compare(TreeMap<ObjectKey, StoredObject> model, ObjectMap map) {
        assertEquals(model.size(), map.size());
        assertEquals(List.copyOf(model.values()), list(map.iterate("", null, null)));
        for (StoredObject object : model.values()) {
            assertSame(object, map.get(object.key()));
        }
        for (String namespace : List.of("a", "aa", "b", "\uffee", "none")) {
            var inside =
                    model.values().stream()
                            .filter(o -> o.key().namespace().equals(namespace))
                            .toList();
            assertEquals(inside.size(), map.size(namespace));
            assertEquals(inside, list(map.iterate(namespace, null, null)));
            if (inside.size() > 1) {
                ObjectKey first = inside.getFirst().key();
                assertEquals(
                        inside.subList(1, inside.size()),
                        list(map.iterate(namespace, namespace, first.name())));
                assertEquals(
                        List.copyOf(model.tailMap(first, false).values()),
                        list(map.iterate("", namespace, first.name())));
            }
        }
    }

    private static List<StoredObject> list(Iterator<StoredObject> objects) {
        List<StoredObject> list = new ArrayList<>();
        objects.forEachRemaining(list::add);
        return list;
    }

    @Test
    void splicesTheResourceVersionBehindTheBrace() {
        byte[] json = "{\"metadata\":{\"name\":\"x\"}}".getBytes(StandardCharsets.UTF_8);
        byte[] spliced =
                ResourceVersionSplice.insert(json, ResourceVersionSplice.offset(json), 1_234_567);
        assertEquals(
                "{\"metadata\":{\"resourceVersion\":\"1234567\",\"name\":\"x\"}}",
                new String(spliced, StandardCharsets.UTF_8));
    }

    @Test
    void takesNoTextForMetadata() {
        String text = "{\"note\":\"\\\"metadata\\\":{\",\"metadata\":{\"name\":\"x\"}}";
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(text.indexOf("\"name\""), ResourceVersionSplice.offset(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"metadata\":{}}", "{\"metadata\":", ""})
    void refusesObjectsWithoutMetadata(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertThrows(IllegalArgumentException.class, () -> ResourceVersionSplice.offset(bytes));
    }
}
