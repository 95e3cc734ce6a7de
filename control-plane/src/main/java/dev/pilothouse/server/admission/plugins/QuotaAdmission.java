package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.quota.Amounts;
import dev.pilothouse.server.quota.QuotaSpec;
import dev.pilothouse.server.quota.Usage;
import dev.pilothouse.server.request.RequestDeadline;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.Provenance;
import dev.pilothouse.server.storage.RevisionConflictException;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refuses what would exceed a quota of its namespace, and counts what would not: the new usage is
 * written to the quota's status before the object is, on the condition that nobody has counted
 * meanwhile, so that no two objects take the same last place. Runs after all others. Source:
 * apiserver's pkg/admission/plugin/resourcequota.
 */
final class QuotaAdmission implements AdmissionPlugin {

    private static final GroupResource QUOTAS = new GroupResource("", "resourcequotas");
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final int TRIES = 20;

    /** What every container must say when a quota limits it. */
    private static final Set<String> TO_BE_SAID =
            Set.of(
                    "cpu",
                    "memory",
                    "requests.cpu",
                    "requests.memory",
                    "limits.cpu",
                    "limits.memory");

    private final Storage storage;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** A quota and what its status shall count. */
    private record Claim(StoredObject stored, ObjectNode quota, Amounts used) {}

    QuotaAdmission(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!isCounted(request) || storage.snapshot(QUOTAS).size(request.namespace()) == 0) {
            return;
        }
        ReentrantLock lock = locks.computeIfAbsent(request.namespace(), _ -> new ReentrantLock());
        lock.lock();
        try {
            for (int tries = 1; ; tries++) {
                if (claim(request)) {
                    return;
                }
                if (tries == TRIES) {
                    throw ApiException.conflict(
                            QUOTAS, "", "the quota was changed by others at the same time");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isCounted(AdmissionRequest request) {
        if (request.object() == null || request.namespace().isEmpty()) {
            return false;
        }
        GroupResource resource = request.kind().storage().groupResource();
        return switch (request.operation()) {
            case CREATE -> request.subresource().isEmpty();
            case UPDATE ->
                    resource.equals(PODS)
                            ? request.subresource().equals("resize")
                            : request.subresource().isEmpty()
                                    && resource.group().isEmpty()
                                    && (resource.resource().equals("services")
                                            || resource.resource()
                                                    .equals("persistentvolumeclaims"));
            default -> false;
        };
    }

    /** Whether everything was counted; not when somebody else was faster. */
    private boolean claim(AdmissionRequest request) {
        List<Claim> claims = new ArrayList<>();
        Iterator<StoredObject> quotas =
                storage.snapshot(QUOTAS).iterate(request.namespace(), null, null);
        while (quotas.hasNext()) {
            StoredObject stored = quotas.next();
            Claim claim = check(request, stored, Json.parseObject(stored.json()));
            if (claim != null) {
                claims.add(claim);
            }
        }
        return request.dryRun() || claims.stream().allMatch(this::write);
    }

    private @Nullable Claim check(AdmissionRequest request, StoredObject stored, ObjectNode quota) {
        QuotaSpec spec = QuotaSpec.of(quota);
        GroupResource resource = request.kind().storage().groupResource();
        ObjectNode object = request.object();
        if (object == null) {
            return null;
        }
        Usage usage = Usage.of(resource, object);
        if (!spec.covers(usage.traits())) {
            return null;
        }
        Set<String> limited = spec.hard().values().keySet();
        String name = Json.text(quota, "metadata", "name");
        if (resource.equals(PODS) && request.operation() == Operation.CREATE) {
            requireSaid(request, name, limited, object);
        }
        Amounts delta = delta(request, resource, usage).only(limited);
        if (delta.isEmpty()) {
            return null;
        }
        Amounts used = Amounts.of(Json.at(quota, "status", "used"));
        Amounts hard = Amounts.of(Json.at(quota, "status", "hard"));
        requireKnown(request, name, delta, used, hard);
        Amounts sum = used.plus(delta);
        Set<String> exceeded =
                delta.values().keySet().stream()
                        .filter(what -> sum.get(what).compareTo(hard.get(what)) > 0)
                        .collect(Collectors.toSet());
        if (!exceeded.isEmpty()) {
            throw forbidden(
                    request,
                    "exceeded quota: "
                            + name
                            + ", requested: "
                            + delta.only(exceeded)
                            + ", used: "
                            + used.only(exceeded)
                            + ", limited: "
                            + hard.only(exceeded));
        }
        return new Claim(stored, quota, sum);
    }

    private static Amounts delta(AdmissionRequest request, GroupResource resource, Usage usage) {
        ObjectNode old = request.old();
        if (request.operation() == Operation.UPDATE && old != null) {
            return usage.amounts().beyond(Usage.of(resource, old).amounts());
        }
        return usage.amounts().plus(Usage.ofCount(resource, 1)).beyond(Amounts.NONE);
    }

    private static void requireKnown(
            AdmissionRequest request, String quota, Amounts delta, Amounts used, Amounts hard) {
        String unknown =
                delta.values().keySet().stream()
                        .filter(name -> !used.has(name) || !hard.has(name))
                        .sorted()
                        .collect(Collectors.joining(","));
        if (!unknown.isEmpty()) {
            throw forbidden(
                    request, "status unknown for quota: " + quota + ", resources: " + unknown);
        }
    }

    /** A container that does not say what it needs cannot be counted. */
    private static void requireSaid(
            AdmissionRequest request, String quota, Set<String> limited, ObjectNode pod) {
        if (Json.at(pod, "spec", "resources") != null) {
            return;
        }
        List<String> missing = new ArrayList<>();
        for (String name : limited.stream().filter(TO_BE_SAID::contains).sorted().toList()) {
            String silent =
                    List.of("containers", "initContainers").stream()
                            .flatMap(list -> Json.objects(pod, "spec", list).stream())
                            .filter(container -> !says(container, name))
                            .map(container -> Json.text(container, "name"))
                            .sorted()
                            .collect(Collectors.joining(","));
            if (!silent.isEmpty()) {
                missing.add(name + " for: " + silent);
            }
        }
        if (!missing.isEmpty()) {
            throw forbidden(
                    request,
                    "failed quota: " + quota + ": must specify " + String.join("; ", missing));
        }
    }

    private static boolean says(ObjectNode container, String name) {
        boolean limit = name.startsWith("limits.");
        String resource = name.substring(name.indexOf('.') + 1);
        return Amounts.of(Json.at(container, "resources", limit ? "limits" : "requests"))
                .has(resource);
    }

    private boolean write(Claim claim) {
        ObjectNode quota = claim.quota();
        Json.child(quota, "status").set("used", claim.used().toJson());
        Json.child(quota, "metadata").remove("resourceVersion");
        StoredObject stored = claim.stored();
        try {
            RequestDeadline.join(
                    storage.write(
                            new WriteRequest(
                                    WriteRequest.Type.UPDATE,
                                    stored.key(),
                                    stored.revision(),
                                    Json.bytes(quota),
                                    stored.fields(),
                                    Durability.STRICT,
                                    new Provenance("system:apiserver", "quota"))));
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RevisionConflictException) {
                return false;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static ApiException forbidden(AdmissionRequest request, String why) {
        return ApiException.forbidden(request.kind().groupResource(), request.name(), why);
    }
}
