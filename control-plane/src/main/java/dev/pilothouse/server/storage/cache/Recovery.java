package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.StoredObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Rebuilds the state from the log: one thread reads, the others parse. */
final class Recovery {

    private static final int CHUNK = 256;

    private final Catalog catalog;
    private final LogReader reader;
    private final List<CompletableFuture<List<StoredObject>>> parsed = new ArrayList<>();
    private List<LogRecord> chunk = new ArrayList<>(CHUNK);

    private Recovery(Catalog catalog, LogReader reader) {
        this.catalog = catalog;
        this.reader = reader;
    }

    /** What was recovered. */
    record Result(State state, RevisionLog.Recovered log) {}

    static Result run(RevisionLog log, FieldExtractor extractor, Catalog catalog) {
        Recovery recovery = new Recovery(catalog, new LogReader(log, extractor));
        RevisionLog.Recovered recovered = log.recover(recovery::add);
        return new Result(new State(recovered.revision(), recovery.maps()), recovered);
    }

    private void add(LogRecord row) {
        chunk.add(row);
        if (chunk.size() == CHUNK) {
            List<LogRecord> full = chunk;
            parsed.add(CompletableFuture.supplyAsync(() -> parse(full)));
            chunk = new ArrayList<>(CHUNK);
        }
    }

    private List<StoredObject> parse(List<LogRecord> rows) {
        List<StoredObject> objects = new ArrayList<>(rows.size());
        for (LogRecord row : rows) {
            StoredObject object = reader.object(row);
            objects.add(
                    new StoredObject(
                            catalog.canonical(object.key()),
                            object.revision(),
                            object.createRevision(),
                            object.json(),
                            object.fields()));
        }
        return objects;
    }

    private ObjectMap[] maps() {
        Map<GroupResource, List<StoredObject>> byResource = new HashMap<>();
        List<List<StoredObject>> all = new ArrayList<>();
        all.add(parse(chunk));
        parsed.forEach(part -> all.add(part.join()));
        for (List<StoredObject> part : all) {
            for (StoredObject object : part) {
                byResource
                        .computeIfAbsent(object.key().resource(), any -> new ArrayList<>())
                        .add(object);
            }
        }
        var maps = new ObjectMap[0];
        for (var entry : byResource.entrySet()) {
            int number = catalog.number(entry.getKey());
            if (number >= maps.length) {
                int length = maps.length;
                maps = Arrays.copyOf(maps, number + 1);
                Arrays.fill(maps, length, maps.length, ObjectMap.EMPTY);
            }
            maps[number] = ObjectMap.of(entry.getValue());
        }
        return maps;
    }
}
