package dev.pilothouse.server.kubelet.cri;

import java.util.List;

/** The images of a runtime. Calls block. Thread-safe. Source: CRI's ImageService. */
public interface ImageService {

    /** Of a runtime that does not use images: any image counts as there, nothing is pulled. */
    ImageService NONE =
            new ImageService() {
                @Override
                public boolean usesImages() {
                    return false;
                }

                @Override
                public String imageStatus(String image) {
                    return image;
                }

                @Override
                public String pullImage(String image, List<String> credentials) {
                    return image;
                }

                @Override
                public List<Image> listImages() {
                    return List.of();
                }
            };

    /**
     * An image on the node.
     *
     * @param names its names
     * @param size bytes
     */
    record Image(List<String> names, long size) {
        /** Copies the list. */
        public Image {
            names = List.copyOf(names);
        }
    }

    /** Whether containers are made from images at all. */
    boolean usesImages();

    /** What an image is found to be, or empty when it is not on the node. */
    String imageStatus(String image);

    /**
     * Fetches an image and says what it was found to be.
     *
     * @param credentials contents of docker configuration files to try, in order
     * @throws CriException when it cannot be fetched
     */
    String pullImage(String image, List<String> credentials);

    /** The images on the node. */
    List<Image> listImages();
}
