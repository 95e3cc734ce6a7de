package dev.pilothouse.server.controller.serviceaccount;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees to it that every namespace has the service account {@code default}, which pods get that name
 * none. Source: pkg/controller/serviceaccount.
 */
public final class ServiceAccountController implements Component {

    /** Its service account. */
    public static final String NAME = "service-account-controller";

    /** The service accounts. */
    public static final GroupVersionResource ACCOUNTS =
            new GroupVersionResource("", "v1", "serviceaccounts");

    private static final String ACCOUNT = "default";

    private final ApiClient client;
    private final Informer<ObjectMeta> namespaces;
    private final Informer<ObjectMeta> accounts;
    private final WorkQueue<String> queue;
    private final Controller<String> controller;

    /** A controller that is not started; its client acts as {@link #NAME}. */
    public ServiceAccountController(
            ApiClient client,
            Informer<ObjectMeta> namespaces,
            Informer<ObjectMeta> accounts,
            Delays delays,
            InstantSource clock) {
        this.client = client;
        this.namespaces = namespaces;
        this.accounts = accounts;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, 1, queue, this::reconcile);
    }

    @Override
    public void start() {
        namespaces.addHandler(delta -> {
            if (!(delta instanceof Delta.Deleted<ObjectMeta>)) {
                queue.add(delta.object().name());
            }
        });
        accounts.addHandler(delta -> {
            if (delta instanceof Delta.Deleted<ObjectMeta>
                    && delta.object().name().equals(ACCOUNT)) {
                queue.add(delta.object().namespace());
            }
        });
        // Before all accounts are known, every namespace would seem to have none.
        var _ = accounts.synced().thenRun(controller::start);
    }

    @Override
    public void close() {
        controller.close();
    }

    private Result reconcile(String namespace) {
        ObjectMeta found = namespaces.lister().get("", namespace);
        if (found == null
                || found.deleting()
                || accounts.lister().get(namespace, ACCOUNT) != null) {
            return Result.DONE;
        }
        ObjectNode account = Json.object();
        account.put("kind", "ServiceAccount");
        account.put("apiVersion", "v1");
        account.putObject("metadata").put("namespace", namespace).put("name", ACCOUNT);
        try {
            client.resource(ACCOUNTS).create(account);
        } catch (ApiException e) {
            return Creation.isSettled(e) ? Result.DONE : new Result.Retry(e.status().message());
        }
        return Result.DONE;
    }
}
