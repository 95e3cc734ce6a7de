package dev.pilothouse.server.registry.validation;

import dev.pilothouse.model.meta.Quantity;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Names and amounts of compute resources. Source: pkg/apis/core/helper and
 * pkg/apis/core/validation.
 */
public final class ResourceNames {

    /** Complaint about an amount below zero. */
    public static final String NEGATIVE = "must be greater than or equal to 0";

    private static final String HUGE_PAGES = "hugepages-";
    private static final String NATIVE_PREFIX = "kubernetes.io/";
    private static final String QUOTA_PREFIX = "requests.";

    private static final Set<String> CONTAINER_RESOURCES =
            Set.of("cpu", "memory", "ephemeral-storage");

    private static final Set<String> INTEGER_RESOURCES =
            Set.of(
                    "pods",
                    "services",
                    "replicationcontrollers",
                    "resourcequotas",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "services.nodeports",
                    "services.loadbalancers");

    /** Names without a domain that kube-apiserver knows, in objects of any kind. */
    private static final Set<String> STANDARD_RESOURCES =
            Set.of(
                    "cpu",
                    "memory",
                    "ephemeral-storage",
                    "storage",
                    "requests.cpu",
                    "requests.memory",
                    "requests.ephemeral-storage",
                    "requests.storage",
                    "limits.cpu",
                    "limits.memory",
                    "limits.ephemeral-storage",
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "services.nodeports",
                    "services.loadbalancers");

    private ResourceNames() {}

    /**
     * Checks an amount: a quantity, not negative, whole for resources that are counted.
     *
     * @param resource the resource's name
     * @param quantity the amount: text or number
     */
    public static void validateQuantity(
            String resource, @Nullable JsonNode quantity, FieldPath path, FieldErrors errors) {
        Quantity parsed = parse(quantity, path, errors);
        if (parsed == null) {
            return;
        }
        if (parsed.signum() < 0) {
            errors.invalid(path, parsed.toString(), NEGATIVE);
        }
        if (isInteger(resource) && parsed.milliValue() % 1000 != 0) {
            errors.invalid(path, parsed.toString(), "must be an integer");
        }
    }

    /** Checks an amount that must not be negative, whatever it is of. */
    public static void validateNonNegative(
            @Nullable JsonNode quantity, FieldPath path, FieldErrors errors) {
        Quantity parsed = parse(quantity, path, errors);
        if (parsed != null && parsed.signum() < 0) {
            errors.invalid(path, parsed.toString(), NEGATIVE);
        }
    }

    /** The amount, or null when it is missing or, with a complaint, no quantity. */
    public static @Nullable Quantity parse(
            @Nullable JsonNode quantity, FieldPath path, FieldErrors errors) {
        if (quantity == null) {
            return null;
        }
        try {
            return Quantity.parse(quantity.asString(""));
        } catch (IllegalArgumentException e) {
            errors.invalid(path, quantity, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * Checks the name of a resource of any kind: a qualified name, standard when without domain.
     */
    public static void validateName(String resource, FieldPath path, FieldErrors errors) {
        if (isStandard(resource)) {
            return;
        }
        if (complainOfSyntax(resource, path, errors)) {
            return;
        }
        if (resource.indexOf('/') < 0) {
            errors.invalid(path, resource, "must be a standard resource type or fully qualified");
        }
    }

    /** Checks the name of a resource that a container may ask for. */
    public static void validateContainerResource(
            String resource, FieldPath path, FieldErrors errors) {
        if (CONTAINER_RESOURCES.contains(resource)) {
            return;
        }
        validateName(resource, path, errors);
        if (resource.indexOf('/') < 0) {
            if (!isHugePages(resource)) {
                errors.invalid(path, resource, "must be a standard resource for containers");
            }
        } else if (!isNative(resource) && !isExtended(resource)) {
            errors.invalid(path, resource, "doesn't follow extended resource name standard");
        }
    }

    /** Whether the name is one without domain that any object may name. */
    public static boolean isStandard(String resource) {
        return STANDARD_RESOURCES.contains(resource)
                || isHugePages(resource)
                || resource.startsWith("requests." + HUGE_PAGES);
    }

    /** Whether amounts are counted in whole units. */
    public static boolean isInteger(String resource) {
        return INTEGER_RESOURCES.contains(resource) || isExtended(resource);
    }

    /** Whether it is memory in pages of one size. */
    public static boolean isHugePages(String resource) {
        return resource.startsWith(HUGE_PAGES);
    }

    /** Whether it is Kubernetes' own: without a domain, or with kubernetes.io. */
    public static boolean isNative(String resource) {
        return resource.indexOf('/') < 0 || resource.contains(NATIVE_PREFIX);
    }

    /** Whether a device plug-in or the like provides it. */
    public static boolean isExtended(String resource) {
        if (isNative(resource) || resource.startsWith(QUOTA_PREFIX)) {
            return false;
        }
        return Names.qualifiedName(QUOTA_PREFIX + resource).isEmpty();
    }

    /** Whether the limit may be above the request. */
    public static boolean isOvercommitAllowed(String resource) {
        return isNative(resource) && !isHugePages(resource);
    }

    private static boolean complainOfSyntax(String resource, FieldPath path, FieldErrors errors) {
        var complaints = Names.qualifiedName(resource);
        complaints.forEach(complaint -> errors.invalid(path, resource, complaint));
        return !complaints.isEmpty();
    }
}
