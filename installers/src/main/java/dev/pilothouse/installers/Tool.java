package dev.pilothouse.installers;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.spi.ToolProvider;

/** The tools of the JDK that this process runs on. */
final class Tool {

    private Tool() {}

    /**
     * Runs a tool.
     *
     * @throws PackagingException when there is none of this name, or it fails
     */
    static void run(String name, List<String> arguments) {
        ToolProvider tool =
                ToolProvider.findFirst(name)
                        .orElseThrow(() ->
                                new PackagingException(
                                        "this JDK has no " + name + "; install a whole JDK 25"));
        var said = new StringWriter();
        var writer = new PrintWriter(said);
        int code = tool.run(writer, writer, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new PackagingException(name + " failed: " + said.toString().strip());
        }
    }
}
