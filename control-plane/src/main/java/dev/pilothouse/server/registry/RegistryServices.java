package dev.pilothouse.server.registry;

import dev.pilothouse.server.admission.AdmissionChain;
import dev.pilothouse.server.storage.Storage;

/**
 * What all resource stores share.
 *
 * @param storage where objects are kept
 * @param admission the admission plug-ins
 * @param index reads selectable fields
 * @param conversions between served and stored versions
 */
public record RegistryServices(
        Storage storage, AdmissionChain admission, FieldIndex index, Conversions conversions) {}
