package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.WriteHook;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives Services their cluster IPs and node ports. What is in use is what the stored Services say,
 * so nothing can leak or get out of step; writes that allocate take turns.
 */
public final class ServiceHook implements WriteHook {

    private static final GroupResource SERVICES = new GroupResource("", "services");

    private final Storage storage;
    private final ServiceAllocator allocator;
    private final RandomGenerator random;
    private final ReentrantLock turn = new ReentrantLock();

    /** Allocates from these ranges, at random places in them. */
    public ServiceHook(Storage storage, ServiceAllocator allocator, RandomGenerator random) {
        this.storage = storage;
        this.allocator = allocator;
        this.random = random;
    }

    @Override
    public <T> T create(ObjectNode object, WriteContext context, Supplier<T> proceed) {
        return inTurn(object, null, context, proceed);
    }

    @Override
    public <T> T update(
            ObjectNode object, ObjectNode old, WriteContext context, Supplier<T> proceed) {
        if (object.path("spec").equals(old.path("spec"))) {
            return proceed.get();
        }
        return inTurn(object, old, context, proceed);
    }

    private <T> T inTurn(
            ObjectNode service,
            @Nullable ObjectNode old,
            WriteContext context,
            Supplier<T> proceed) {
        turn.lock();
        try {
            Set<String> addresses = new HashSet<>();
            Set<Integer> ports = new HashSet<>();
            collect(service, addresses, ports);
            FieldErrors errors = new FieldErrors();
            allocator.allocate(service, old, addresses::contains, ports::contains, random, errors);
            errors.throwIfAny(context.kind().gvk(), Json.text(service, "metadata", "name"));
            return proceed.get();
        } finally {
            turn.unlock();
        }
    }

    private void collect(ObjectNode own, Set<String> addresses, Set<Integer> ports) {
        String namespace = Json.text(own, "metadata", "namespace");
        String name = Json.text(own, "metadata", "name");
        Iterator<StoredObject> services = storage.snapshot(SERVICES).iterate("", null, null);
        while (services.hasNext()) {
            StoredObject stored = services.next();
            if (stored.key().namespace().equals(namespace) && stored.key().name().equals(name)) {
                continue;
            }
            ObjectNode service = Json.parseObject(stored.json());
            addresses.addAll(ServiceAllocator.addressesOf(service));
            ports.addAll(ServiceAllocator.portsOf(service));
        }
    }
}
