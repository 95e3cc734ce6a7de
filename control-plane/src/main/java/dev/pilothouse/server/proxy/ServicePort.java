package dev.pilothouse.server.proxy;

/**
 * Names a port of a Service.
 *
 * @param namespace the Service's namespace
 * @param service the Service's name
 * @param name the port's name, empty when it is the only one
 * @param port the port's number
 */
record ServicePort(String namespace, String service, String name, int port) {

    @Override
    public String toString() {
        return namespace + "/" + service + ":" + port;
    }
}
