package org.brokertck.reference.monitoring.watch;

import java.util.List;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;

/** Dead letters that count what goes back into the queue. */
record MonitoredDeadLetters(DeadLetters letters, QueueMeter meter) implements DeadLetters {
    @Override
    public List<DeadLetter> list(int limit) {
        return letters.list(limit);
    }

    @Override
    public int redrive(int limit) {
        return counted(letters.redrive(limit));
    }

    @Override
    public int redrive() {
        return counted(letters.redrive());
    }

    @Override
    public int purge() {
        return letters.purge();
    }

    private int counted(int redriven) {
        meter.redriven(redriven);
        return redriven;
    }
}
