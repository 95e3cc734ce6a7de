package dev.pilothouse.server.controller.podautoscaler;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Works out how many pods a workload needs for its pods to use as much as they should. Pods of
 * which nothing is known are assumed to use what speaks against a change. Source:
 * podautoscaler/replica_calculator.go.
 */
final class ReplicaCalculator {

    private final int current;
    private final List<ScaledPod> pods;
    private final String resource;
    private final Tolerances tolerances;
    private final Instant now;

    /**
     * How far the use may be off before anything is done.
     *
     * @param down a share, 0.1 for a tenth less
     * @param up a share, 0.1 for a tenth more
     */
    record Tolerances(double down, double up) {

        boolean covers(double ratio) {
            return 1 - down <= ratio && ratio <= 1 + up;
        }
    }

    /**
     * What came out.
     *
     * @param replicas how many pods are needed
     * @param utilization how much they use of what they request, in percent
     * @param averageMilli how much each uses on average, in thousandths
     */
    record Proposal(int replicas, int utilization, long averageMilli) {}

    /** What the use amounts to. */
    private record Ratio(double value, int utilization, long averageMilli) {}

    /** How samples are judged. */
    private interface Measure {

        Ratio ratio(Map<String, Sample> samples) throws MetricException;

        /** What a pod is assumed to use that would otherwise be scaled away, in thousandths. */
        long assumed(String pod);
    }

    ReplicaCalculator(
            int current,
            List<ScaledPod> pods,
            String resource,
            Tolerances tolerances,
            Instant now) {
        this.current = current;
        this.pods = pods;
        this.resource = resource;
        this.tolerances = tolerances;
        this.now = now;
    }

    /** For a use of so many percent of what is requested. */
    Proposal byUtilization(Map<String, Sample> samples, int target, String container)
            throws MetricException {
        requirePods();
        Map<String, Long> requests = new HashMap<>();
        for (ScaledPod pod : pods) {
            requests.put(pod.name(), pod.request(resource, container));
        }
        return propose(samples, new ByUtilization(requests, target));
    }

    /** For an average use of so many thousandths. */
    Proposal byAverage(Map<String, Sample> samples, long targetMilli) throws MetricException {
        requirePods();
        return propose(samples, new ByAverage(targetMilli));
    }

    private void requirePods() throws MetricException {
        if (pods.isEmpty()) {
            throw new MetricException(
                    "no pods returned by selector while calculating replica count");
        }
    }

    private record ByUtilization(Map<String, Long> requests, int target) implements Measure {

        @Override
        public Ratio ratio(Map<String, Sample> samples) throws MetricException {
            long used = 0;
            long requested = 0;
            int count = 0;
            for (Map.Entry<String, Sample> sample : samples.entrySet()) {
                Long request = requests.get(sample.getKey());
                if (request != null) {
                    used += sample.getValue().milli();
                    requested += request;
                    count++;
                }
            }
            if (requested == 0) {
                throw new MetricException("no metrics returned matched known pods");
            }
            int utilization = (int) (used * 100 / requested);
            return new Ratio((double) utilization / target, utilization, used / count);
        }

        @Override
        public long assumed(String pod) {
            return requests.getOrDefault(pod, 0L) * Math.max(100, target) / 100;
        }
    }

    private record ByAverage(long targetMilli) implements Measure {

        @Override
        public Ratio ratio(Map<String, Sample> samples) {
            long used = samples.values().stream().mapToLong(Sample::milli).sum();
            long average = used / samples.size();
            return new Ratio((double) average / targetMilli, 0, average);
        }

        @Override
        public long assumed(String pod) {
            return targetMilli;
        }
    }

    private Proposal propose(Map<String, Sample> all, Measure measure) throws MetricException {
        Map<String, Sample> samples = new HashMap<>(all);
        Set<String> unready = new HashSet<>();
        Set<String> missing = new HashSet<>();
        int ready = group(samples, unready, missing);
        if (samples.isEmpty()) {
            throw new MetricException(
                    "did not receive metrics for targeted pods (pods might be unready)");
        }
        Ratio ratio = measure.ratio(samples);
        boolean upWithUnready = !unready.isEmpty() && ratio.value() > 1;
        if (!upWithUnready && missing.isEmpty()) {
            return tolerances.covers(ratio.value())
                    ? keep(ratio)
                    : proposal(ceil(ratio.value() * ready), ratio);
        }
        for (String pod : missing) {
            if (ratio.value() < 1) {
                samples.put(pod, Sample.assumed(measure.assumed(pod)));
            } else if (ratio.value() > 1) {
                samples.put(pod, Sample.assumed(0));
            }
        }
        if (upWithUnready) {
            unready.forEach(pod -> samples.put(pod, Sample.assumed(0)));
        }
        double careful = measure.ratio(samples).value();
        boolean turned = (ratio.value() < 1 && careful > 1) || (ratio.value() > 1 && careful < 1);
        if (tolerances.covers(careful) || turned) {
            return keep(ratio);
        }
        int replicas = ceil(careful * samples.size());
        boolean wrongWay =
                (careful < 1 && replicas > current) || (careful > 1 && replicas < current);
        return wrongWay ? keep(ratio) : proposal(replicas, ratio);
    }

    /** Leaves samples of usual pods only; returns how many pods those are. */
    private int group(Map<String, Sample> samples, Set<String> unready, Set<String> missing) {
        int ready = 0;
        for (ScaledPod pod : pods) {
            Sample sample = samples.get(pod.name());
            if (pod.isIgnored()) {
                samples.remove(pod.name());
            } else if (pod.isPending()) {
                unready.add(pod.name());
            } else if (sample == null) {
                missing.add(pod.name());
            } else if (resource.equals("cpu") && pod.isStarting(sample, now)) {
                unready.add(pod.name());
            } else {
                ready++;
            }
        }
        unready.forEach(samples::remove);
        return ready;
    }

    private Proposal keep(Ratio ratio) {
        return proposal(current, ratio);
    }

    private static Proposal proposal(int replicas, Ratio ratio) {
        return new Proposal(replicas, ratio.utilization(), ratio.averageMilli());
    }

    private static int ceil(double value) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(value));
    }
}
