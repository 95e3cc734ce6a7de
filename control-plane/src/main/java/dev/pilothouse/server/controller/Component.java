package dev.pilothouse.server.controller;

/** Something that runs from start to close. */
public interface Component extends AutoCloseable {

    /** Starts it, once; must return soon. */
    void start();

    /** Stops it; what is under way is finished, nothing new is begun. */
    @Override
    void close();
}
