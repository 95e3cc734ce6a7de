package dev.pilothouse.server.controller.manager;

import static dev.pilothouse.server.controller.namespace.NamespaceController.NAMESPACES;
import static dev.pilothouse.server.controller.serviceaccount.ServiceAccountController.ACCOUNTS;

import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.garbage.GarbageCollector;
import dev.pilothouse.server.controller.namespace.NamespaceController;
import dev.pilothouse.server.controller.rootca.RootCaPublisher;
import dev.pilothouse.server.controller.serviceaccount.ServiceAccountController;
import java.util.List;
import java.util.function.Function;

/** The list of controllers. */
final class Controllers {

    /** The controllers in the order in which they are made and started. Add new ones here. */
    static final List<Function<Parts, Component>> ALL =
            List.of(
                    Controllers::serviceAccounts,
                    Controllers::rootCa,
                    Controllers::namespaces,
                    Controllers::garbage,
                    ServiceControllers::of,
                    ClusterControllers::of,
                    Workloads::new);

    private Controllers() {}

    private static Component serviceAccounts(Parts parts) {
        return new ServiceAccountController(
                parts.client(ServiceAccountController.NAME),
                parts.metadata(NAMESPACES),
                parts.metadata(ACCOUNTS),
                parts.delays(),
                parts.clock());
    }

    private static Component rootCa(Parts parts) {
        return new RootCaPublisher(
                parts.client(RootCaPublisher.NAME),
                parts.metadata(NAMESPACES),
                parts.informers().objects(RootCaPublisher.CONFIG_MAPS, RootCaPublisher.PUBLISHED),
                parts.authority(),
                parts.delays(),
                parts.clock());
    }

    private static Component namespaces(Parts parts) {
        return new NamespaceController(
                parts.client(NamespaceController.NAME),
                parts.kinds(),
                parts.objects(),
                parts.metadata(NAMESPACES).lister(),
                parts.delays(),
                parts.clock());
    }

    private static Component garbage(Parts parts) {
        return new GarbageCollector(
                parts.client(GarbageCollector.NAME),
                parts.kinds(),
                parts.objects(),
                parts.delays(),
                parts.clock());
    }
}
