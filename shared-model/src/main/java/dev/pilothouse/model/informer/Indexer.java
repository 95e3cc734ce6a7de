package dev.pilothouse.model.informer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local copy of a resource's objects by namespace and name, with further indexes. One thread
 * writes, any may read.
 *
 * @param <T> the kept form of objects, immutable
 */
final class Indexer<T> implements Lister<T> {

    private final Map<String, Map<String, T>> namespaces = new HashMap<>();
    private final Map<String, IndexFunction<T>> functions;
    private final Map<String, Map<String, Map<Key, T>>> indexes = new HashMap<>();

    /** Where an object lives. */
    record Key(String namespace, String name) {}

    Indexer(Map<String, IndexFunction<T>> functions) {
        this.functions = Map.copyOf(functions);
        functions.keySet().forEach(name -> indexes.put(name, new HashMap<>()));
    }

    /** Puts an object in, and returns the one that was there before, or null. */
    synchronized @Nullable T put(Key key, T object) {
        T previous =
                namespaces
                        .computeIfAbsent(key.namespace(), _ -> new HashMap<>(4))
                        .put(key.name(), object);
        for (Map.Entry<String, IndexFunction<T>> function : functions.entrySet()) {
            Map<String, Map<Key, T>> index = index(function.getKey());
            Collection<String> values = function.getValue().values(object);
            if (previous != null) {
                Collection<String> before = function.getValue().values(previous);
                if (!before.equals(values)) {
                    unindex(index, before, key);
                }
            }
            for (String value : values) {
                index.computeIfAbsent(value, _ -> new HashMap<>(4)).put(key, object);
            }
        }
        return previous;
    }

    /** Takes an object out and returns it, or null when it was not there. */
    synchronized @Nullable T remove(Key key) {
        Map<String, T> objects = namespaces.get(key.namespace());
        T removed = objects == null ? null : objects.remove(key.name());
        if (objects != null && objects.isEmpty()) {
            namespaces.remove(key.namespace());
        }
        if (removed != null) {
            unindex(key, removed);
        }
        return removed;
    }

    /** All objects by where they live. */
    synchronized Map<Key, T> snapshot() {
        Map<Key, T> all = new LinkedHashMap<>();
        namespaces.forEach((namespace, objects) ->
                objects.forEach((name, object) -> all.put(new Key(namespace, name), object)));
        return all;
    }

    @Override
    public synchronized @Nullable T get(String namespace, String name) {
        Map<String, T> objects = namespaces.get(namespace);
        return objects == null ? null : objects.get(name);
    }

    @Override
    public synchronized List<T> all() {
        return namespaces.values().stream().map(Map::values).flatMap(Collection::stream).toList();
    }

    @Override
    public synchronized List<T> inNamespace(String namespace) {
        Map<String, T> objects = namespaces.get(namespace);
        return objects == null ? List.of() : new ArrayList<>(objects.values());
    }

    @Override
    public synchronized boolean isEmpty(String namespace) {
        return !namespaces.containsKey(namespace);
    }

    @Override
    public synchronized List<T> byIndex(String name, String value) {
        Map<Key, T> objects = index(name).get(value);
        return objects == null ? List.of() : new ArrayList<>(objects.values());
    }

    private void unindex(Key key, T object) {
        for (Map.Entry<String, IndexFunction<T>> function : functions.entrySet()) {
            unindex(index(function.getKey()), function.getValue().values(object), key);
        }
    }

    private static <T> void unindex(
            Map<String, Map<Key, T>> index, Collection<String> values, Key key) {
        for (String value : values) {
            Map<Key, T> objects = index.get(value);
            if (objects != null) {
                objects.remove(key);
                if (objects.isEmpty()) {
                    index.remove(value);
                }
            }
        }
    }

    private Map<String, Map<Key, T>> index(String name) {
        Map<String, Map<Key, T>> index = indexes.get(name);
        if (index == null) {
            throw new IllegalArgumentException("no index " + name);
        }
        return index;
    }
}
