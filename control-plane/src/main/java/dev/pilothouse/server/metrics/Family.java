package dev.pilothouse.server.metrics;

/** All metrics of one name. */
interface Family {

    /** The name. */
    String name();

    /** One line of what it means. */
    String help();

    /** Its type in the Prometheus text format. */
    String type();

    /** Writes the sample lines. */
    void write(StringBuilder out);
}
