package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Secrets. Source: ValidateSecret, ValidateSecretUpdate and the v1 conversion. */
public final class SecretStrategy implements ResourceStrategy {

    private static final FieldPath DATA = FieldPath.of("data");
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final String REDACTED = "<secret contents redacted>";

    /** Folds stringData, which is write-only, into data. */
    @Override
    public void setDefaults(ObjectNode secret) {
        ObjectNode plain = Json.objectAt(secret, "stringData");
        if (plain != null && !plain.isEmpty()) {
            ObjectNode data = Json.child(secret, "data");
            for (Map.Entry<String, JsonNode> entry : plain.properties()) {
                byte[] bytes = entry.getValue().asString("").getBytes(StandardCharsets.UTF_8);
                data.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
            }
        }
        secret.remove("stringData");
        Defaults.text(secret, "type", "Opaque");
    }

    @Override
    public void validate(ObjectNode secret, FieldErrors errors) {
        KeyedData.keys(secret, "data", errors);
        ObjectNode data = Json.objectAt(secret, "data");
        if (KeyedData.base64Bytes(data) > KeyedData.MAX_BYTES) {
            errors.tooLong(DATA, KeyedData.MAX_BYTES);
        }
        switch (Json.text(secret, "type")) {
            case "kubernetes.io/service-account-token" -> {
                if (Json.text(secret, "metadata", "annotations", ACCOUNT).isEmpty()) {
                    errors.required(FieldPath.of("metadata").child("annotations").key(ACCOUNT), "");
                }
            }
            case "kubernetes.io/dockercfg" -> json(data, ".dockercfg", errors);
            case "kubernetes.io/dockerconfigjson" -> json(data, ".dockerconfigjson", errors);
            case "kubernetes.io/basic-auth" -> {
                if (!has(data, "username") && !has(data, "password")) {
                    key(data, "username", errors);
                    key(data, "password", errors);
                }
            }
            case "kubernetes.io/ssh-auth" -> {
                if (data == null || Json.text(data, "ssh-privatekey").isEmpty()) {
                    errors.required(DATA.key("ssh-privatekey"), "");
                }
            }
            case "kubernetes.io/tls" -> {
                key(data, "tls.crt", errors);
                key(data, "tls.key", errors);
            }
            default -> {}
        }
    }

    private static boolean has(@Nullable ObjectNode data, String key) {
        return data != null && data.has(key);
    }

    private static void key(@Nullable ObjectNode data, String key, FieldErrors errors) {
        if (!has(data, key)) {
            errors.required(DATA.key(key), "");
        }
    }

    private static void json(@Nullable ObjectNode data, String key, FieldErrors errors) {
        if (data == null || !data.has(key)) {
            errors.required(DATA.key(key), "");
            return;
        }
        try {
            byte[] content = Base64.getDecoder().decode(Json.text(data, key));
            if (content.length == 0) {
                errors.invalid(DATA.key(key), REDACTED, "unexpected end of JSON input");
            } else if (!Json.parse(content).isObject()) {
                errors.invalid(
                        DATA.key(key),
                        REDACTED,
                        "json: cannot unmarshal into Go value of type map[string]interface {}");
            }
        } catch (JacksonException notJson) {
            errors.invalid(DATA.key(key), REDACTED, "invalid character in JSON input");
        } catch (IllegalArgumentException notBase64) {
            errors.invalid(DATA.key(key), REDACTED, "illegal base64 data");
        }
    }

    @Override
    public void validateUpdate(ObjectNode secret, ObjectNode old, FieldErrors errors) {
        ObjectCheck.of(secret, errors).immutable("type", old);
        KeyedData.frozen(secret, old, errors, "data");
        validate(secret, errors);
    }
}
