package dev.pilothouse.server.metrics;

import java.util.function.DoubleSupplier;

/** A metric that is kept elsewhere. */
record SampledFamily(String name, String type, String help, DoubleSupplier value)
        implements Family {

    @Override
    public void write(StringBuilder out) {
        out.append(name).append(' ');
        Samples.number(out, value.getAsDouble());
        out.append('\n');
    }
}
