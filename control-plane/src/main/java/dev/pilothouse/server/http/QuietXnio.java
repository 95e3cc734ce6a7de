package dev.pilothouse.server.http;

import org.xnio.Xnio;

/**
 * Gets XNIO without its management beans. It registers some with the JVM's bean server whenever it
 * can have that one, and making the bean server with all the JVM's own beans takes a tenth of a
 * second and several megabytes of every start.
 */
final class QuietXnio {

    /** Names the class that makes bean servers. */
    private static final String BUILDER = "javax.management.builder.initial";

    /** Keeps the thread pools of XNIO's workers from asking for the bean server, too. */
    private static final String NO_POOL_BEANS = "jboss.threads.eqe.disable-mbean";

    private QuietXnio() {}

    /** XNIO over NIO; the same one each time. */
    static synchronized Xnio get() {
        if (System.getProperty(NO_POOL_BEANS) == null) {
            System.setProperty(NO_POOL_BEANS, "true");
        }
        String before = System.getProperty(BUILDER);
        if (before != null) {
            return load();
        }
        // Object makes no bean servers, so XNIO finds none to be had and does not ask again. Who
        // asks the JVM for it later, a monitoring console for example, gets it as ever.
        System.setProperty(BUILDER, Object.class.getName());
        try {
            return load();
        } finally {
            System.clearProperty(BUILDER);
        }
    }

    private static Xnio load() {
        return Xnio.getInstance("nio", QuietXnio.class.getClassLoader());
    }
}
