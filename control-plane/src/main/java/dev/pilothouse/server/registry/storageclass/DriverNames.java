package dev.pilothouse.server.registry.storageclass;

import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.Locale;

/** Names of CSI drivers. Source: ValidateCSIDriverName. */
final class DriverNames {

    private static final int MAX = 63;

    private DriverNames() {}

    static void require(ObjectCheck owner, String field) {
        if (!owner.require(field)) {
            return;
        }
        String name = owner.text(field);
        if (name.length() > MAX) {
            owner.errors().tooLong(owner.path(field), MAX);
        }
        for (String complaint : Names.dnsSubdomain(name.toLowerCase(Locale.ROOT))) {
            owner.errors().invalid(owner.path(field), name, complaint);
        }
    }
}
