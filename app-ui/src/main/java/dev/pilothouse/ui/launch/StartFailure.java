package dev.pilothouse.ui.launch;

import dev.pilothouse.server.pki.PkiException;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileSystemException;

/** Says in a sentence why the control plane did not start, and what to do. */
final class StartFailure {

    private StartFailure() {}

    static String sentence(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case FileSystemException file ->
                    Texts.text("start.file", String.valueOf(file.getFile()));
            case BindException bind -> Texts.text("start.port", String.valueOf(message));
            case PkiException pki when message != null -> message;
            case IOException io when message != null && message.contains(" ") -> message;
            default -> Texts.text("start.unexpected", String.valueOf(failure));
        };
    }
}
