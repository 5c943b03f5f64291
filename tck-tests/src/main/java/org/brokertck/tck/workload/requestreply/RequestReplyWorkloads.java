package org.brokertck.tck.workload.requestreply;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.requestreply.PlannedRequest.Answer;

/** The kinds of random workloads of request/reply, for {@code @ForAll(supplier = …)}. */
public final class RequestReplyWorkloads {
    private static final int TOPICS = 3;
    private static final int MOST_REQUESTERS = 4;
    private static final int MOST_REQUESTS = 10;
    private static final int MOST_RESPONDERS = 3;

    private RequestReplyWorkloads() {}

    /** Every topic has responders, and all of them reply. */
    public static final class Prompt implements ArbitrarySupplier<RequestReplyWorkload> {
        @Override
        public Arbitrary<RequestReplyWorkload> get() {
            return Shrinking.bounded(workloads(1, Answer.REPLY));
        }
    }

    /** Every topic has responders, which fail at some of the requests. */
    public static final class Failing implements ArbitrarySupplier<RequestReplyWorkload> {
        @Override
        public Arbitrary<RequestReplyWorkload> get() {
            return Shrinking.bounded(workloads(1, Answer.values()));
        }
    }

    /** As {@link Failing}, but some topics have no responder. */
    public static final class Deserted implements ArbitrarySupplier<RequestReplyWorkload> {
        @Override
        public Arbitrary<RequestReplyWorkload> get() {
            return Shrinking.bounded(workloads(0, Answer.values()));
        }
    }

    private static Arbitrary<RequestReplyWorkload> workloads(int fewestResponders, Answer... answers) {
        Arbitrary<PlannedRequest> requests = Combinators.combine(
                        Arbitraries.integers().between(0, TOPICS - 1),
                        Arbitraries.of(answers),
                        Arbitraries.of(true, false))
                .as(PlannedRequest::new);
        Arbitrary<List<List<PlannedRequest>>> requesters = requests.list()
                .ofMinSize(1)
                .ofMaxSize(MOST_REQUESTS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_REQUESTERS);
        Arbitrary<List<Integer>> responders = Arbitraries.integers()
                .between(fewestResponders, MOST_RESPONDERS)
                .list()
                .ofSize(TOPICS);
        return Combinators.combine(requesters, responders).as(RequestReplyWorkload::new);
    }
}
