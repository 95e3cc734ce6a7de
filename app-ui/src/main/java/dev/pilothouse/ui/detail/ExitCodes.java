package dev.pilothouse.ui.detail;

import dev.pilothouse.ui.i18n.Texts;

/** What the codes mean with which containers end. */
public final class ExitCodes {

    private ExitCodes() {}

    /**
     * A sentence about a code.
     *
     * @param reason what the kubelet says, such as {@code OOMKilled}; may be empty
     */
    public static String explain(long code, String reason) {
        if (reason.equals("OOMKilled")) {
            return Texts.text("exit.oom");
        }
        if (reason.equals("ContainerCannotRun") || reason.equals("StartError")) {
            return Texts.text("exit.start");
        }
        return switch ((int) code) {
            case 0 -> Texts.text("exit.0");
            case 1 -> Texts.text("exit.1");
            case 2 -> Texts.text("exit.2");
            case 126 -> Texts.text("exit.126");
            case 127 -> Texts.text("exit.127");
            case 130 -> Texts.text("exit.130");
            case 134 -> Texts.text("exit.134");
            case 137 -> Texts.text("exit.137");
            case 139 -> Texts.text("exit.139");
            case 143 -> Texts.text("exit.143");
            default ->
                    code > 128 && code < 160
                            ? Texts.text("exit.signal", code - 128)
                            : Texts.text("exit.other");
        };
    }
}
