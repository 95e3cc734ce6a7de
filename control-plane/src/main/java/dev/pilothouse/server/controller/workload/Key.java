package dev.pilothouse.server.controller.workload;

/** Where an object of a known kind lives. */
public record Key(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
