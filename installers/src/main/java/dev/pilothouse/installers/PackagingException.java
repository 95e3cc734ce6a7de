package dev.pilothouse.installers;

/** Why no package could be made, in a sentence for people. */
final class PackagingException extends RuntimeException {

    PackagingException(String message) {
        super(message);
    }
}
