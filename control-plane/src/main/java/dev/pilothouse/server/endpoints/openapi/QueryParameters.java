package dev.pilothouse.server.endpoints.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The query parameters of each kind of operation. Source: meta/v1 ListOptions and siblings. */
final class QueryParameters {

    static final Parameter PRETTY = Parameter.query("pretty", "string");

    private static final Parameter DRY_RUN = Parameter.query("dryRun", "string");
    private static final Parameter FIELD_MANAGER = Parameter.query("fieldManager", "string");
    private static final Parameter FIELD_VALIDATION = Parameter.query("fieldValidation", "string");
    private static final Parameter FORCE = Parameter.query("force", "boolean");

    static final List<Parameter> WRITE = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);
    static final List<Parameter> PATCH = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION, FORCE);

    static final List<Parameter> LIST =
            List.of(
                    Parameter.query("allowWatchBookmarks", "boolean"),
                    Parameter.query("continue", "string"),
                    Parameter.query("fieldSelector", "string"),
                    Parameter.query("labelSelector", "string"),
                    Parameter.query("limit", "integer"),
                    Parameter.query("resourceVersion", "string"),
                    Parameter.query("resourceVersionMatch", "string"),
                    Parameter.query("sendInitialEvents", "boolean"),
                    Parameter.query("timeoutSeconds", "integer"),
                    Parameter.query("watch", "boolean"));

    static final List<Parameter> DELETE =
            List.of(
                    DRY_RUN,
                    Parameter.query("gracePeriodSeconds", "integer"),
                    Parameter.query("ignoreStoreReadErrorWithClusterBreakingPotential", "boolean"),
                    Parameter.query("orphanDependents", "boolean"),
                    Parameter.query("propagationPolicy", "string"));

    static final List<Parameter> DELETE_COLLECTION = deleteCollection();

    /** Options of the subresources that are not about an object's JSON, by their name. */
    private static final Map<String, List<Parameter>> SPECIAL =
            Map.of(
                    "log",
                    List.of(
                            Parameter.query("container", "string"),
                            Parameter.query("follow", "boolean"),
                            Parameter.query("insecureSkipTLSVerifyBackend", "boolean"),
                            Parameter.query("limitBytes", "integer"),
                            Parameter.query("previous", "boolean"),
                            Parameter.query("sinceSeconds", "integer"),
                            Parameter.query("sinceTime", "string"),
                            Parameter.query("stream", "string"),
                            Parameter.query("tailLines", "integer"),
                            Parameter.query("timestamps", "boolean")),
                    "exec",
                    List.of(
                            Parameter.query("command", "string"),
                            Parameter.query("container", "string"),
                            Parameter.query("stderr", "boolean"),
                            Parameter.query("stdin", "boolean"),
                            Parameter.query("stdout", "boolean"),
                            Parameter.query("tty", "boolean")),
                    "attach",
                    List.of(
                            Parameter.query("container", "string"),
                            Parameter.query("stderr", "boolean"),
                            Parameter.query("stdin", "boolean"),
                            Parameter.query("stdout", "boolean"),
                            Parameter.query("tty", "boolean")),
                    "portforward",
                    List.of(Parameter.query("ports", "integer")),
                    "proxy",
                    List.of(Parameter.query("path", "string")));

    private QueryParameters() {}

    static List<Parameter> special(String subresource) {
        return SPECIAL.getOrDefault(subresource, List.of());
    }

    private static List<Parameter> deleteCollection() {
        List<Parameter> all = new ArrayList<>(DELETE);
        for (Parameter parameter : LIST) {
            if (!parameter.name().equals("watch")
                    && !parameter.name().equals("allowWatchBookmarks")) {
                all.add(parameter);
            }
        }
        return List.copyOf(all);
    }
}
