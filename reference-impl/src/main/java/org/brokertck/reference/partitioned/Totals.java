package org.brokertck.reference.partitioned;

import java.util.Collection;

/**
 * What a broker has counted since it was opened.
 *
 * @param produced records
 * @param bytes the sizes of their values
 * @param tries produces and attempts by handlers
 * @param failures those of them that failed
 */
record Totals(long produced, long bytes, long tries, long failures) {
    static final Totals ZERO = new Totals(0, 0, 0, 0);

    /** The totals now. */
    static Totals of(Collection<Topic> topics, long failedProduces) {
        long produced = 0;
        long bytes = 0;
        long tries = failedProduces;
        long failures = failedProduces;
        for (Topic topic : topics) {
            for (Group group : topic.groups()) {
                for (Cursor cursor : group.cursors()) {
                    tries += cursor.handledRecords() + cursor.failedAttempts();
                    failures += cursor.failedAttempts();
                }
            }
            for (int i = 0; i < topic.size(); i++) {
                produced += topic.partition(i).records();
                bytes += topic.partition(i).bytes();
            }
        }
        return new Totals(produced, bytes, tries + produced, failures);
    }

    Totals since(Totals before) {
        return new Totals(
                produced - before.produced, bytes - before.bytes, tries - before.tries, failures - before.failures);
    }
}
