package dev.pilothouse.server.controller.manager;

import dev.pilothouse.server.controller.Component;
import java.util.List;

/** Components that live and end together. */
record Together(List<Component> parts) implements Component {

    @Override
    public void start() {
        parts.forEach(Component::start);
    }

    @Override
    public void close() {
        parts.reversed().forEach(Component::close);
    }
}
