package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /version}. Helm and kubectl read {@code gitVersion} as a semantic version and
 * compare it with their own; the minor version must be a bare number. Source: apimachinery
 * version.Info.
 */
public final class VersionEndpoint implements ApiHandler {

    private final byte[] body;

    /**
     * Tells of a build.
     *
     * @param gitVersion semantic version with a leading v, such as {@code v1.36.0+pilothouse}
     * @param gitCommit commit of the sources, may be empty
     * @param buildDate RFC 3339, may be empty
     */
    public VersionEndpoint(String gitVersion, String gitCommit, String buildDate) {
        String[] numbers = gitVersion.substring(1).split("[.+-]", 4);
        int minor = Integer.parseInt(numbers[1]);
        ObjectNode json = Json.object();
        json.put("major", numbers[0]);
        json.put("minor", numbers[1]);
        json.put("emulationMajor", numbers[0]);
        json.put("emulationMinor", numbers[1]);
        json.put("minCompatibilityMajor", numbers[0]);
        json.put("minCompatibilityMinor", String.valueOf(minor - 1));
        json.put("gitVersion", gitVersion);
        json.put("gitCommit", gitCommit);
        json.put("gitTreeState", "clean");
        json.put("buildDate", buildDate);
        json.put("goVersion", "java" + Runtime.version().feature());
        json.put("compiler", "javac");
        json.put("platform", platform());
        body = Json.bytes(json);
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        EndpointMethods.requireRead(request);
        return ApiResponse.Body.of(200, "application/json", body);
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        return false;
    }

    /** The platform in Go's words. */
    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String goOs = os.startsWith("mac") ? "darwin" : os.startsWith("win") ? "windows" : "linux";
        String goArch =
                switch (arch) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> arch;
                };
        return goOs + "/" + goArch;
    }
}
