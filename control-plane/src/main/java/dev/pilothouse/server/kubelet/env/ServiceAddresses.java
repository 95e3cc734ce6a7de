package dev.pilothouse.server.kubelet.env;

import dev.pilothouse.server.kubelet.env.ServiceView.Port;

/**
 * Says where the containers of a node reach Services: at their cluster IP where there is a pod
 * network, elsewhere where the machine has them.
 */
@FunctionalInterface
public interface ServiceAddresses {

    /** The cluster IP and the port of the Service. */
    ServiceAddresses CLUSTER_IP =
            (service, port) -> new Address(service.clusterIp(), (int) port.port());

    /** Where a port is reached. */
    Address of(ServiceView service, Port port);

    /**
     * An address.
     *
     * @param host an IP address
     * @param port a port
     */
    record Address(String host, int port) {

        /** The host as it stands in URLs. */
        String authority() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
