package dev.pilothouse.server.registry.validation;

import java.util.List;

/**
 * Which object names a kind allows. Source: apimachinery api/validation and
 * pkg/apis/core/validation.
 */
public enum NameRule {
    DNS_SUBDOMAIN {
        @Override
        List<String> complaints(String name) {
            return Names.dnsSubdomain(name);
        }
    },
    DNS_LABEL {
        @Override
        List<String> complaints(String name) {
            return Names.dnsLabel(name);
        }
    },
    /** DNS label that starts with a letter: Services. */
    DNS_1035_LABEL {
        @Override
        List<String> complaints(String name) {
            return Names.dns1035Label(name);
        }
    },
    /** Anything that can stand in a URL path: RBAC kinds. */
    PATH_SEGMENT {
        @Override
        List<String> complaints(String name) {
            return Names.pathSegment(name);
        }
    };

    abstract List<String> complaints(String name);

    /**
     * Complaints about a name in Kubernetes' words; empty when it is allowed.
     *
     * @param prefix whether this is a generateName, whose end may be anything a name may contain
     */
    public List<String> check(String name, boolean prefix) {
        return complaints(prefix ? Names.maskTrailingDash(name) : name);
    }
}
