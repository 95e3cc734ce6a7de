package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.scheme.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Tells clients that migrate storage in which version objects are kept. Source: apiserver
 * endpoints/discovery StorageVersionHash.
 */
final class StorageVersionHash {

    private static final int KEPT_BYTES = 8;

    private StorageVersionHash() {}

    /** The hash of the stored group, version and kind. */
    static String of(ResourceKind kind) {
        String stored =
                kind.storage().group()
                        + "/"
                        + kind.storage().version()
                        + "/"
                        + kind.served().kind();
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(stored.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, KEPT_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
