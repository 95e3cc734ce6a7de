package dev.pilothouse.server.scheduler.volumes;

/** Writes what is decided about volumes. Calls block; what the server refuses is thrown. */
public interface VolumeWriter {

    /** Gives a volume to a claim. */
    void give(Volume volume, Claim claim);

    /** Asks for a volume of a claim to be made for a node. */
    void provision(Claim claim, String node);
}
