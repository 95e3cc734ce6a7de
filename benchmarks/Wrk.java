import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gets by wrk, a load generator in C (https://github.com/wg/wrk). */
final class Wrk {

    private static final Pattern COUNT = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([\\d.]+)");

    private Wrk() {}

    /** Reads a URL for ten seconds, after three for warming up; null where there is no wrk. */
    static Https.Figures gets(Server server, String url, int clients) throws Exception {
        if (run(url, clients, 3) == null) {
            return null;
        }
        long cpu = server.cpuMillis();
        String said = run(url, clients, 10);
        Matcher count = COUNT.matcher(said);
        Matcher rate = RATE.matcher(said);
        if (!count.find() || !rate.find() || said.contains("Non-2xx")) {
            throw new IOException("wrk said: " + said);
        }
        return new Https.Figures(
                Double.parseDouble(rate.group(1)),
                (server.cpuMillis() - cpu) / Double.parseDouble(count.group(1)));
    }

    private static String run(String url, int clients, int seconds) throws Exception {
        List<String> command =
                List.of(
                        "wrk",
                        "-t2",
                        "-c" + clients,
                        "-d" + seconds,
                        "-H",
                        "Authorization: Bearer " + Https.TOKEN,
                        url);
        Process wrk;
        try {
            wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return null;
        }
        String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        return said;
    }
}
