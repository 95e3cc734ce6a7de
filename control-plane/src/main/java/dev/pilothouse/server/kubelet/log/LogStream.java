package dev.pilothouse.server.kubelet.log;

/** Which of its two outputs a container wrote to. */
public enum LogStream {
    STDOUT("stdout"),
    STDERR("stderr");

    private final String text;

    LogStream(String text) {
        this.text = text;
    }

    /** As log files spell it. */
    String text() {
        return text;
    }
}
