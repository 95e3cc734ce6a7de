package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.VolumeViews;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits until claims are bound. Thread-safe. */
final class BindWait {

    private final List<Claim> claims;
    private final VolumeViews views;
    private final String node;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean expired;

    BindWait(List<Claim> claims, VolumeViews views, String node) {
        this.claims = List.copyOf(claims);
        this.views = views;
        this.node = node;
    }

    /** Something has changed. */
    void look() {
        signal(false);
    }

    /** It has taken too long. */
    void expire() {
        signal(true);
    }

    /** Waits; empty when all are bound, otherwise what went wrong. */
    String await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean selected = false;
            while (true) {
                boolean all = true;
                for (Claim claim : claims) {
                    Claim now = views.claim(claim.namespace(), claim.name());
                    if (now == null || !now.uid().equals(claim.uid())) {
                        return "persistentvolumeclaim \"" + claim.name() + "\" not found";
                    }
                    // Whoever makes volumes takes the node away again when it cannot make one
                    // there.
                    selected |= now.selectedNode().equals(node);
                    if (selected && !now.bound() && now.selectedNode().isEmpty()) {
                        return "provisioning failed for PVC \"" + claim.key() + "\"";
                    }
                    all &= now.bound();
                }
                if (all) {
                    return "";
                }
                if (expired) {
                    return "binding volumes: context deadline exceeded";
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void signal(boolean end) {
        lock.lock();
        try {
            expired |= end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
