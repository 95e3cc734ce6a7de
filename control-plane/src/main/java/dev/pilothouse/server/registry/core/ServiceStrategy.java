package dev.pilothouse.server.registry.core;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.Addresses;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Services. Addresses and node ports come from {@link ServiceAllocator}. */
public final class ServiceStrategy implements ResourceStrategy {

    @Override
    public void setDefaults(ObjectNode service) {
        ServiceDefaults.apply(service);
    }

    @Override
    public void prepareForCreate(ObjectNode service, StrategyContext context) {
        service.remove("status");
        service.putObject("status").putObject("loadBalancer");
    }

    @Override
    public void prepareForUpdate(ObjectNode service, ObjectNode old, StrategyContext context) {
        ResourceStrategy.keep("status", service, old);
        ServiceTransitions.apply(service, old);
    }

    @Override
    public void validate(ObjectNode service, FieldErrors errors) {
        ServiceValidation.validate(service, errors);
    }

    @Override
    public void validateUpdate(ObjectNode service, ObjectNode old, FieldErrors errors) {
        ServiceValidation.validateUpdate(service, old, errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode service, ObjectNode old, FieldErrors errors) {
        ObjectCheck status = ObjectCheck.of(service, errors).child("status").child("loadBalancer");
        if (status.has("ingress") && !ServiceType.of(service).equals("LoadBalancer")) {
            status.forbidden("ingress", "may only be used when `spec.type` is \"LoadBalancer\"");
            return;
        }
        status.each("ingress", ServiceStrategy::ingress);
    }

    private static void ingress(ObjectCheck ingress) {
        ingress.syntax("ip", Addresses::ip);
        if (ingress.has("ip")) {
            ingress.requireOneOf("ipMode", List.of("Proxy", "VIP"));
        } else {
            ingress.forbidPresent("may not be specified when `ip` is not set", "ipMode");
        }
        if (ingress.has("hostname")) {
            ingress.syntax("hostname", Names::dnsSubdomain);
            if (Addresses.parse(ingress.text("hostname")) != null) {
                ingress.invalid("hostname", "must be a DNS name, not an IP address");
            }
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public NameRule nameRule() {
        return NameRule.DNS_1035_LABEL;
    }
}
