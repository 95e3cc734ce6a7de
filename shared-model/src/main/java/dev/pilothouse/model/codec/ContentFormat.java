package dev.pilothouse.model.codec;

import org.jspecify.annotations.Nullable;

/** The three forms in which objects travel. */
public enum ContentFormat {
    JSON("application/json"),
    YAML("application/yaml"),
    PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String mediaType;

    ContentFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type without parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of a media type without parameters, or null when it is not one of the three. */
    public static @Nullable ContentFormat of(String mediaType) {
        for (ContentFormat format : values()) {
            if (format.mediaType.equals(mediaType)) {
                return format;
            }
        }
        return null;
    }
}
