package org.brokertck.tck.check.resilience;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;

/**
 * Rule K-1 but for times: what was added is flushed once, in order, in batches of at most the batch size, and a batch that failed
 * comes again as it was before anything else does.
 */
public final class FlushesSound implements Check<FlushesSound.History> {
    /**
     * What happened to one batch processor.
     *
     * @param batchSize the size of its batches
     * @param adders the items of each adder, in its order, but for those that were refused
     * @param flushes what the handler was given, in order
     * @param unflushed what the processor says that it has not flushed, at the end
     */
    public record History(int batchSize, List<List<String>> adders, List<Flush> flushes, List<String> unflushed) {}

    @Override
    public Verdict judge(History history) {
        return batches(history).and(() -> retries(history)).and(() -> items(history));
    }

    private static Verdict batches(History history) {
        for (Flush flush : history.flushes()) {
            if (flush.items().isEmpty()) {
                return Verdict.invalid("a batch was flushed that holds nothing");
            }
            if (flush.items().size() > history.batchSize()) {
                return Verdict.invalid("a batch of %d items was flushed where %d are the most: %s"
                        .formatted(flush.items().size(), history.batchSize(), flush));
            }
        }
        return Verdict.valid();
    }

    private static Verdict retries(History history) {
        Flush failed = null;
        for (Flush flush : history.flushes()) {
            if (failed != null && !flush.items().equals(failed.items())) {
                return Verdict.invalid("the flush of %s failed, and what was flushed next is %s"
                        .formatted(failed.items(), flush.items()));
            }
            failed = flush.succeeded() ? null : flush;
        }
        return Verdict.valid();
    }

    private static Verdict items(History history) {
        List<String> flushed = new ArrayList<>();
        history.flushes().stream().filter(Flush::succeeded).forEach(it -> flushed.addAll(it.items()));
        List<String> all = new ArrayList<>(flushed);
        all.addAll(history.unflushed());
        Set<String> known = new HashSet<>();
        history.adders().forEach(known::addAll);
        Set<String> seen = new HashSet<>();
        for (String item : all) {
            if (!known.contains(item)) {
                return Verdict.invalid(item + " was flushed, and its add was refused or never made");
            }
            if (!seen.add(item)) {
                return Verdict.invalid(item + " was flushed twice, or flushed and said to be unflushed");
            }
        }
        for (List<String> adder : history.adders()) {
            List<String> got =
                    all.stream().filter(new HashSet<>(adder)::contains).toList();
            if (got.size() < adder.size()) {
                List<String> lost = new ArrayList<>(adder);
                lost.removeAll(got);
                return Verdict.invalid(
                        "%s was added, and neither flushed nor said to be unflushed".formatted(lost.get(0)));
            }
            if (!got.equals(adder)) {
                return Verdict.invalid("one adder's items were flushed as %s, and added as %s".formatted(got, adder));
            }
        }
        return Verdict.valid();
    }
}
