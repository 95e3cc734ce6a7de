package dev.pilothouse.server.cli;

import dev.pilothouse.server.ControlPlaneLauncher;
import dev.pilothouse.server.RunningControlPlane;
import dev.pilothouse.server.kubeconfig.KubeconfigMerger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * {@code serve}: starts the control plane, says where everything is, ends it when the process is
 * told to end.
 */
record ServeCommand(
        ControlPlaneLauncher launcher, Map<String, String> environment, PrintStream out) {

    int run(Settings settings) throws IOException, InterruptedException {
        boolean merge = settings.mergeKubeconfig();
        RunningControlPlane running = launcher.launch(settings.controlPlaneOptions());
        var ended = new CountDownLatch(1);
        var closer =
                Thread.ofPlatform()
                        .name("shutdown")
                        .unstarted(() -> {
                            running.close();
                            ended.countDown();
                        });
        Runtime.getRuntime().addShutdownHook(closer);
        try {
            announce(running, merge);
            ended.await();
            return 0;
        } catch (IOException | RuntimeException | InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(closer);
            running.close();
            throw e;
        }
    }

    private void announce(RunningControlPlane running, boolean merge) throws IOException {
        out.println(
                "Pilothouse is ready at %s (kubeconfig: %s, data: %s)"
                        .formatted(
                                running.endpoint(), running.kubeconfig(), running.dataDirectory()));
        if (merge) {
            Path user = KubeconfigMerger.userFile(environment);
            String context = KubeconfigMerger.merge(running.kubeconfig(), user);
            out.println("  kubectl --context " + context + " get namespaces   # added to " + user);
        } else {
            out.println("  export KUBECONFIG='" + running.kubeconfig() + "'");
        }
        out.flush();
    }
}
