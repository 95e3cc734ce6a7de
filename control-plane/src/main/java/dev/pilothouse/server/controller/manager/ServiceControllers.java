package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.endpoints.EndpointsController;
import dev.pilothouse.server.controller.endpointslice.EndpointSliceController;
import dev.pilothouse.server.controller.endpointslice.NodeZone;
import dev.pilothouse.server.controller.endpointslice.SliceView;
import dev.pilothouse.server.controller.endpointslice.SliceWriter;
import dev.pilothouse.server.controller.endpointslicemirroring.EndpointSliceMirroringController;
import dev.pilothouse.server.controller.endpointslicemirroring.EndpointsView;
import dev.pilothouse.server.controller.services.Backends;
import java.util.List;
import java.util.Map;

/** The controllers of what is behind Services; they share what they know of Services and pods. */
final class ServiceControllers {

    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");

    private ServiceControllers() {}

    static Component of(Parts parts) {
        InformerFactory informers = parts.informers();
        Backends backends = new Backends(informers);
        Informer<SliceView> slices =
                informers.views(SliceWriter.SLICES, SliceView::of, SliceView.INDEXES);
        return new Together(
                List.of(
                        endpoints(parts, backends),
                        slices(parts, backends, slices),
                        mirroring(parts, backends, slices)));
    }

    private static Component endpoints(Parts parts, Backends backends) {
        ApiClient client = parts.client(EndpointsController.NAME);
        return new EndpointsController(
                client,
                backends,
                parts.informers()
                        .views(
                                EndpointsController.ENDPOINTS,
                                EndpointsController.View::of,
                                Map.of()),
                parts.events(client, EndpointsController.NAME, ""),
                parts.delays(),
                parts.clock());
    }

    private static Component slices(Parts parts, Backends backends, Informer<SliceView> slices) {
        ApiClient client = parts.client(EndpointSliceController.NAME);
        return new EndpointSliceController(
                client,
                backends,
                slices,
                parts.informers().views(NODES, NodeZone::of, Map.of()),
                parts.events(client, EndpointSliceController.NAME, ""),
                parts.delays(),
                parts.clock());
    }

    private static Component mirroring(Parts parts, Backends backends, Informer<SliceView> slices) {
        ApiClient client = parts.client(EndpointSliceMirroringController.NAME);
        return new EndpointSliceMirroringController(
                client,
                backends,
                parts.informers().views(EndpointsController.ENDPOINTS, EndpointsView::of, Map.of()),
                slices,
                parts.events(client, EndpointSliceMirroringController.NAME, ""),
                parts.delays(),
                parts.clock());
    }
}
