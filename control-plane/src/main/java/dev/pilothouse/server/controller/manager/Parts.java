package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What controllers are made of.
 *
 * @param clients a client that acts as the controller of that name
 * @param informers shared by all controllers
 * @param kinds what is served
 * @param objects the metadata of all objects
 * @param authority the cluster's certificate authority as PEM
 * @param delays runs things later
 * @param clock the time
 */
record Parts(
        Function<String, ApiClient> clients,
        InformerFactory informers,
        ServedKinds kinds,
        ObjectWatch objects,
        String authority,
        Delays delays,
        InstantSource clock) {

    ApiClient client(String controller) {
        return clients.apply(controller);
    }

    Informer<ObjectMeta> metadata(GroupVersionResource resource) {
        return informers.metadata(resource);
    }
}
