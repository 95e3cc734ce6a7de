package dev.pilothouse.server.clients.apps;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthenticationV1Api;
import io.kubernetes.client.openapi.models.V1SelfSubjectReview;
import io.kubernetes.client.util.ClientBuilder;
import java.io.IOException;

/** Asks the API server, by the means that the container offers, who it takes the container for. */
public final class WhoAmIApp {

    private WhoAmIApp() {}

    /**
     * Prints what two client libraries are told.
     *
     * @param args none
     */
    public static void main(String[] args) throws IOException, ApiException {
        V1SelfSubjectReview review =
                new AuthenticationV1Api(ClientBuilder.standard().build())
                        .createSelfSubjectReview(new V1SelfSubjectReview())
                        .execute();
        System.out.println("official: " + review.getStatus().getUserInfo().getUsername());
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            System.out.println("fabric8 lives in " + client.getNamespace());
            client.pods().list();
        } catch (KubernetesClientException e) {
            System.out.println("fabric8: " + e.getStatus().getMessage());
        }
    }
}
