package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.request.ApiRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of create, update and patch. Source: meta/v1 CreateOptions, UpdateOptions,
 * PatchOptions.
 *
 * @param dryRun whether nothing is stored
 * @param fieldManager who owns the fields, as given; may be empty
 * @param validation what becomes of unknown and duplicate fields
 * @param force whether apply takes fields from other managers
 */
record WriteOptions(
        boolean dryRun, String fieldManager, FieldValidation validation, boolean force) {

    private static final int MAX_MANAGER = 128;

    /** What becomes of unknown and duplicate fields. */
    enum FieldValidation {
        IGNORE,
        WARN,
        STRICT
    }

    /**
     * Reads the query parameters.
     *
     * @param optionsKind CreateOptions, UpdateOptions or PatchOptions, for error messages
     * @throws ApiException 422 when one of them is not allowed
     */
    static WriteOptions parse(ApiRequest request, String optionsKind) {
        FieldErrors errors = new FieldErrors();
        boolean dryRun = dryRun(request.query().all("dryRun"), errors);
        String manager = request.query().text("fieldManager");
        if (manager.length() > MAX_MANAGER) {
            errors.tooLong(FieldPath.of("fieldManager"), MAX_MANAGER);
        }
        if (manager.chars().anyMatch(Character::isISOControl)) {
            errors.invalid(
                    FieldPath.of("fieldManager"),
                    manager,
                    "should only contain printable characters");
        }
        String validation = request.query().text("fieldValidation");
        FieldValidation fieldValidation =
                switch (validation) {
                    case "", "Warn" -> FieldValidation.WARN;
                    case "Ignore" -> FieldValidation.IGNORE;
                    case "Strict" -> FieldValidation.STRICT;
                    default -> {
                        errors.notSupported(
                                FieldPath.of("fieldValidation"),
                                validation,
                                List.of("", "Ignore", "Strict", "Warn"));
                        yield FieldValidation.WARN;
                    }
                };
        errors.throwIfAny(new GroupVersionKind("meta.k8s.io", "v1", optionsKind), "");
        return new WriteOptions(dryRun, manager, fieldValidation, request.query().flag("force"));
    }

    /** Reads dryRun alone: what deletes have. */
    static boolean dryRun(ApiRequest request) {
        FieldErrors errors = new FieldErrors();
        boolean dryRun = dryRun(request.query().all("dryRun"), errors);
        errors.throwIfAny(new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions"), "");
        return dryRun;
    }

    /** The context of a write with these options. */
    WriteContext context(ResourceCall call, InstantSource clock) {
        return context(call, clock, dryRun, fieldManager);
    }

    static WriteContext context(
            ResourceCall call, InstantSource clock, boolean dryRun, String fieldManager) {
        String agent = call.request().headers().text("user-agent");
        return new WriteContext(
                call.kind(),
                call.request().user(),
                clock.instant(),
                fieldManager.isEmpty() ? managerOf(agent) : fieldManager,
                call.info().subresource(),
                dryRun,
                "request " + call.request().id() + (agent.isEmpty() ? "" : " by " + agent),
                new ArrayList<>());
    }

    /**
     * The part of a user agent before the slash names the manager. Source: apiserver
     * managerOrUserAgent.
     */
    private static String managerOf(String agent) {
        int slash = agent.indexOf('/');
        String manager = slash < 0 ? agent : agent.substring(0, slash);
        if (manager.isEmpty()) {
            return "unknown";
        }
        return manager.length() > MAX_MANAGER ? manager.substring(0, MAX_MANAGER) : manager;
    }

    private static boolean dryRun(List<String> values, FieldErrors errors) {
        for (String value : values) {
            if (!value.isEmpty() && !value.equals("All")) {
                errors.notSupported(FieldPath.of("dryRun"), value, List.of("All"));
            }
        }
        return values.contains("All");
    }
}
