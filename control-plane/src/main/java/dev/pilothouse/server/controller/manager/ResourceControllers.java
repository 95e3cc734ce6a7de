package dev.pilothouse.server.controller.manager;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.podautoscaler.HorizontalPodAutoscalerController;
import dev.pilothouse.server.controller.resourcequota.ResourceQuotaController;

/** The controllers of how much there is of what. */
final class ResourceControllers {

    private ResourceControllers() {}

    static Component quotas(Parts parts) {
        return new ResourceQuotaController(
                parts.client(ResourceQuotaController.NAME),
                parts.informers(),
                parts.objects(),
                parts.delays(),
                parts.clock());
    }

    static Component autoscaling(Parts parts) {
        ApiClient client = parts.client(HorizontalPodAutoscalerController.NAME);
        return new HorizontalPodAutoscalerController(
                client,
                parts.kinds(),
                parts.informers(),
                parts.events(client, HorizontalPodAutoscalerController.NAME, ""),
                parts.delays(),
                parts.clock());
    }
}
