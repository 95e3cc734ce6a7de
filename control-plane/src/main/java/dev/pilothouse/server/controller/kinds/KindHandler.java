package dev.pilothouse.server.controller.kinds;

import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.meta.ObjectMeta;

/**
 * Is told what becomes of objects of every kind, by several threads; must be quick and must not
 * throw.
 */
@FunctionalInterface
public interface KindHandler {

    /** Something has become of an object of that kind. */
    void onDelta(ApiResource kind, Delta<ObjectMeta> delta);
}
