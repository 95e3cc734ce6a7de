package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.client.Identities;
import dev.pilothouse.server.controller.kinds.ObjectWatch;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.record.EventBroadcaster;
import dev.pilothouse.server.request.UserInfo;
import java.time.InstantSource;

/**
 * What the components of this process are made of: controllers, scheduler, node agents.
 *
 * @param clients makes clients of the API server, each with an identity of its own
 * @param informers shared by all components; those asked for while the components are made share
 *     one watch of each resource
 * @param kinds what is served
 * @param objects the metadata of all objects
 * @param authority the cluster's certificate authority as PEM
 * @param delays runs things later
 * @param clock the time
 */
public record Parts(
        Clients clients,
        InformerFactory informers,
        ServedKinds kinds,
        ObjectWatch objects,
        String authority,
        Delays delays,
        InstantSource clock) {

    /** Makes clients of the API server of this process. */
    @FunctionalInterface
    public interface Clients {

        /** A client that acts as that user; the agent names it in the fields it manages. */
        ApiClient as(UserInfo user, String userAgent);
    }

    /** A client that acts as the controller of that name. */
    public ApiClient client(String controller) {
        return clients.as(Identities.controller(controller), ControllerManager.USER_AGENT);
    }

    /** The metadata of all objects of a resource. */
    public Informer<ObjectMeta> metadata(GroupVersionResource resource) {
        return informers.metadata(resource);
    }

    /**
     * A recorder of events, which the component that asks for it closes.
     *
     * @param client acts as the component
     * @param component its name in the events, such as {@code deployment-controller}
     * @param host the node it works on, or empty
     */
    public EventBroadcaster events(ApiClient client, String component, String host) {
        return new EventBroadcaster(client, component, host, clock);
    }
}
