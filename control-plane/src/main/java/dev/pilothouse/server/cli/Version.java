package dev.pilothouse.server.cli;

/** What this build is. */
final class Version {

    private Version() {}

    /** One line: our version, the Kubernetes release served, the Java that runs it. */
    static String line() {
        String own = Version.class.getPackage().getImplementationVersion();
        return "pilothouse "
                + (own == null ? "(development build)" : own)
                + ", Kubernetes API 1.36, Java "
                + Runtime.version();
    }
}
