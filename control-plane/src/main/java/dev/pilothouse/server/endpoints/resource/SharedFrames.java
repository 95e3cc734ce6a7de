package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.request.EventSource.Frame;
import dev.pilothouse.server.storage.StoredObject;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watch events that have to be encoded, in bytes that all watches of the same kind and form share.
 * Plain JSON needs none of this, it goes out as it is stored; nor do tables, which say how old
 * things are at the moment. Thread-safe.
 */
final class SharedFrames {

    private record Form(GroupVersionKind kind, Output output) {}

    // A ring lives for as long as a watch has it.
    private final Map<Form, WeakReference<Ring>> rings = new HashMap<>();

    /** The events of a kind in a form; the same for all who ask while one of them keeps it. */
    @SuppressWarnings("ReferenceEquality") // a kind that was defined anew may convert otherwise
    synchronized Ring ring(ResourceKind kind, Output output) {
        Form form = new Form(kind.gvk(), output);
        WeakReference<Ring> known = rings.get(form);
        Ring ring = known == null ? null : known.get();
        if (ring == null || ring.kind != kind) {
            rings.values().removeIf(other -> other.get() == null);
            ring = new Ring(kind);
            rings.put(form, new WeakReference<>(ring));
        }
        return ring;
    }

    /** The most recent events in one form, each in the place that its revision gives it. */
    static final class Ring {

        private static final int PLACES = 256;

        private record Entry(StoredObject object, String type, Frame frame) {}

        private final ResourceKind kind;
        private final AtomicReferenceArray<@Nullable Entry> entries =
                new AtomicReferenceArray<>(PLACES);

        private Ring(ResourceKind kind) {
            this.kind = kind;
        }

        /** The event, encoded now if nobody has done so lately. */
        @SuppressWarnings("ReferenceEquality") // versions of objects are shared, never equal
        Frame get(String type, StoredObject object, Supplier<Frame> encoding) {
            int place = (int) (object.revision() % PLACES);
            Entry known = entries.get(place);
            if (known != null && known.object == object && known.type.equals(type)) {
                return known.frame;
            }
            Frame frame = encoding.get();
            entries.set(place, new Entry(object, type, frame));
            return frame;
        }
    }
}
