package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.storage.Storage;
import java.time.Duration;
import java.util.List;

/** The admission plug-ins in the order in which they run. Add new ones here. */
public final class AdmissionPlugins {

    private AdmissionPlugins() {}

    /**
     * All plug-ins over a store.
     *
     * @param accountPatience how long new pods wait for the default service account of their
     *     namespace
     */
    public static List<AdmissionPlugin> all(Storage storage, Duration accountPatience) {
        return List.of(
                new NamespaceLifecycle(storage),
                new ServiceAccountAdmission(new ServiceAccounts(storage, accountPatience)),
                new PriorityAdmission(storage),
                new RuntimeClassAdmission(storage),
                new DefaultTolerations(),
                new DefaultStorageClass(storage),
                new DefaultIngressClass(storage),
                new LimitRanger(storage),
                new VolumeProtection(),
                new ClaimResize(storage),
                // Counts what all others have let through.
                new QuotaAdmission(storage));
    }
}
