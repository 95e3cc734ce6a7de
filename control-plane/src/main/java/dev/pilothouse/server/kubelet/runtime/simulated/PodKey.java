package dev.pilothouse.server.kubelet.runtime.simulated;

/** Where a pod lives. */
record PodKey(String namespace, String name) {}
