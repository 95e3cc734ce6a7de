package dev.pilothouse.server.admission;

/**
 * Changes or refuses writes. Thread-safe. A refusal is an {@link
 * dev.pilothouse.model.meta.ApiException}; any other exception refuses the write as well.
 */
public interface AdmissionPlugin {

    /** Changes the object; runs before validation. */
    default void mutate(AdmissionRequest request) {}

    /** Refuses the write by throwing; runs after validation. */
    default void validate(AdmissionRequest request) {}
}
