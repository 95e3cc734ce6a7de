package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.CriException;
import dev.pilothouse.server.kubelet.cri.CriException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of a security context can be given to a process of the host. Another user needs root and the
 * program {@code setpriv}; what would pretend a protection that is not there is told as a warning,
 * and what the command may rely on is refused.
 */
final class Rights {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private final long uid;
    private final long gid;

    private Rights(long uid, long gid) {
        this.uid = uid;
        this.gid = gid;
    }

    /** Those of this program. */
    static Rights ofProgram() {
        try {
            Path self = Path.of("/proc/self");
            return new Rights(
                    ((Number) Files.getAttribute(self, "unix:uid")).longValue(),
                    ((Number) Files.getAttribute(self, "unix:gid")).longValue());
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return new Rights("root".equals(System.getProperty("user.name")) ? 0 : -1, -1);
        }
    }

    /**
     * What goes before a command so that it has the rights that are asked for.
     *
     * @throws CriException when it cannot have them
     */
    List<String> prefix(ObjectNode security) {
        List<String> options = new ArrayList<>();
        long user = Json.number(security, -1, "runAsUser");
        long group = Json.number(security, -1, "runAsGroup");
        if (Json.bool(security, "runAsNonRoot") && user(security) == 0) {
            throw new CriException(
                    Code.INVALID_ARGUMENT, "container has runAsNonRoot and image will run as root");
        }
        boolean other = (user >= 0 && user != uid) || (group >= 0 && group != gid);
        if (other) {
            if (uid != 0 || !Files.isExecutable(SETPRIV)) {
                throw new CriException(
                        Code.INVALID_ARGUMENT,
                        "runAsUser "
                                + (user >= 0 ? user : uid)
                                + " is not possible: host processes run as the user that started"
                                + " the control plane"
                                + (uid >= 0 ? " (" + uid + ")" : ""));
            }
            if (user >= 0) {
                options.add("--reuid=" + user);
            }
            options.add("--regid=" + (group >= 0 ? group : user == 0 ? 0 : user));
            options.add(groups(security));
        }
        if (Json.at(security, "allowPrivilegeEscalation") != null
                && !Json.bool(security, "allowPrivilegeEscalation")
                && Files.isExecutable(SETPRIV)) {
            options.add("--no-new-privs");
        }
        if (options.isEmpty()) {
            return List.of();
        }
        options.addFirst(SETPRIV.toString());
        options.add("--");
        return options;
    }

    /** The user that a container's process would have. */
    private long user(ObjectNode security) {
        return Json.number(security, uid, "runAsUser");
    }

    private static String groups(ObjectNode security) {
        ArrayNode groups = Json.arrayAt(security, "supplementalGroups");
        List<String> all = new ArrayList<>();
        if (groups != null) {
            groups.forEach(group -> all.add(Long.toString(group.asLong(0))));
        }
        long fsGroup = Json.number(security, -1, "fsGroup");
        if (fsGroup >= 0) {
            all.add(Long.toString(fsGroup));
        }
        return all.isEmpty() ? "--clear-groups" : "--groups=" + String.join(",", all);
    }

    /** What is asked for and cannot be given, in sentences. */
    static List<String> notEnforced(ObjectNode pod) {
        List<String> sentences = new ArrayList<>();
        ObjectNode spec = Json.child(pod, "spec");
        List<ObjectNode> containers = new ArrayList<>(Json.objects(spec, "initContainers"));
        containers.addAll(Json.objects(spec, "containers"));
        note(sentences, containers, "CPU limits", "resources", "limits", "cpu");
        note(
                sentences,
                containers,
                "read-only root file systems",
                "securityContext",
                "readOnlyRootFilesystem");
        note(sentences, containers, "capabilities", "securityContext", "capabilities");
        note(sentences, containers, "privileged mode", "securityContext", "privileged");
        note(sentences, containers, "seccomp profiles", "securityContext", "seccompProfile");
        if (Json.at(spec, "securityContext", "seccompProfile") != null) {
            add(sentences, "seccomp profiles");
        }
        if (Json.at(spec, "hostAliases") != null) {
            add(sentences, "hostAliases");
        }
        if (Json.at(spec, "dnsConfig") != null) {
            add(sentences, "dnsConfig");
        }
        return sentences;
    }

    private static void note(
            List<String> sentences, List<ObjectNode> containers, String what, String... path) {
        for (ObjectNode container : containers) {
            var value = Json.at(container, path);
            if (value != null && !(value.isBoolean() && !value.booleanValue())) {
                add(sentences, what);
            }
        }
    }

    private static void add(List<String> sentences, String what) {
        if (!sentences.contains(what)) {
            sentences.add(what);
        }
    }
}
