package dev.pilothouse.server.clients;

import java.util.Comparator;

/** A minor release of a client, such as 1.24. */
record Release(int major, int minor) implements Comparable<Release> {

    private static final Comparator<Release> ORDER =
            Comparator.comparingInt(Release::major).thenComparingInt(Release::minor);

    static final Release FIRST = new Release(0, 0);
    static final Release LAST = new Release(Integer.MAX_VALUE, 0);

    static Release parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("not a release: " + text);
        }
        return new Release(
                Integer.parseInt(text.substring(0, dot)),
                Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
