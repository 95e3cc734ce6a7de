package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.Mount;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a container was made with, as it is kept beside its files.
 *
 * @param id its id
 * @param sandboxId its sandbox
 * @param podUid its pod
 * @param name its name in the pod
 * @param attempt how many containers of the name there were before
 * @param image the image as the pod names it
 * @param command what runs, as the pod says it
 * @param prefix what goes before the command to change user or rights
 * @param workingDir where it starts
 * @param environment all variables
 * @param mounts what it sees of the host
 * @param logPath where its log goes
 * @param stdin whether it has standard input
 * @param stdinOnce whether its standard input ends with the first attached session
 * @param tty whether it has a terminal
 * @param memoryLimit bytes, 0 for no limit
 * @param labels what the kubelet wants to find again
 * @param createdAt when it was made
 */
record ContainerRecord(
        String id,
        String sandboxId,
        String podUid,
        String name,
        int attempt,
        String image,
        List<String> command,
        List<String> prefix,
        Path workingDir,
        Map<String, String> environment,
        List<Mount> mounts,
        Path logPath,
        boolean stdin,
        boolean stdinOnce,
        boolean tty,
        long memoryLimit,
        Map<String, String> labels,
        Instant createdAt) {

    byte[] toJson() {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("sandboxId", sandboxId);
        json.put("podUid", podUid);
        json.put("name", name);
        json.put("attempt", attempt);
        json.put("image", image);
        command.forEach(json.putArray("command")::add);
        prefix.forEach(json.putArray("prefix")::add);
        json.put("workingDir", workingDir.toString());
        ObjectNode variables = json.putObject("environment");
        environment.forEach(variables::put);
        ArrayNode mounted = json.putArray("mounts");
        for (Mount mount : mounts) {
            mounted.addObject()
                    .put("name", mount.name())
                    .put("containerPath", mount.containerPath())
                    .put("hostPath", mount.hostPath().toString())
                    .put("readOnly", mount.readOnly());
        }
        json.put("logPath", logPath.toString());
        json.put("stdin", stdin);
        json.put("stdinOnce", stdinOnce);
        json.put("tty", tty);
        json.put("memoryLimit", memoryLimit);
        ObjectNode marks = json.putObject("labels");
        labels.forEach(marks::put);
        json.put("createdAt", createdAt.toString());
        return Json.bytes(json);
    }

    static ContainerRecord fromJson(byte[] bytes) {
        ObjectNode json = Json.parseObject(bytes);
        List<Mount> mounts = new ArrayList<>();
        for (ObjectNode mount : Json.objects(json, "mounts")) {
            mounts.add(
                    new Mount(
                            Json.text(mount, "name"),
                            Json.text(mount, "containerPath"),
                            Path.of(Json.text(mount, "hostPath")),
                            Json.bool(mount, "readOnly")));
        }
        return new ContainerRecord(
                Json.text(json, "id"),
                Json.text(json, "sandboxId"),
                Json.text(json, "podUid"),
                Json.text(json, "name"),
                (int) Json.number(json, 0, "attempt"),
                Json.text(json, "image"),
                texts(json, "command"),
                texts(json, "prefix"),
                Path.of(Json.text(json, "workingDir")),
                new LinkedHashMap<>(Json.stringMap(json, "environment")),
                List.copyOf(mounts),
                Path.of(Json.text(json, "logPath")),
                Json.bool(json, "stdin"),
                Json.bool(json, "stdinOnce"),
                Json.bool(json, "tty"),
                Json.number(json, 0, "memoryLimit"),
                Map.copyOf(Json.stringMap(json, "labels")),
                Instant.parse(Json.text(json, "createdAt")));
    }

    private static List<String> texts(ObjectNode json, String field) {
        ArrayNode array = Json.arrayAt(json, field);
        return array == null
                ? List.of()
                : array.valueStream().map(value -> value.asString("")).toList();
    }
}
