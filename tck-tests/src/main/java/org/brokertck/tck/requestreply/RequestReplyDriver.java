package org.brokertck.tck.requestreply;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.history.requestreply.Ending;
import org.brokertck.tck.history.requestreply.RequestCall;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.requestreply.PlannedRequest;
import org.brokertck.tck.workload.requestreply.PlannedRequest.Answer;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkload;

/** Carries out a random workload on a fresh instance, and has what happened judged. */
final class RequestReplyDriver {
    private final RequestReplyRules tests;
    private final RequestReplyUnderTest exchange;
    private final RequestReplyWorkload workload;

    private RequestReplyDriver(RequestReplyRules tests, RequestReplyUnderTest exchange, RequestReplyWorkload workload) {
        this.tests = tests;
        this.exchange = exchange;
        this.workload = workload;
    }

    /** Runs the workload to its end, and fails the test when anything that holds without faults does not. */
    static void judge(RequestReplyRules tests, String ruleId, RequestReplyWorkload workload) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(tests, ruleId)) {
            RequestReplyDriver driver = new RequestReplyDriver(tests, exchange, workload);
            driver.run();
            exchange.judge(exchange.faultless());
            driver.requireDesertedTold();
            Counts.requireExact(exchange);
        }
    }

    /** Runs a workload on an instance that the caller opened, and may close under way. */
    static void run(RequestReplyRules tests, RequestReplyUnderTest exchange, RequestReplyWorkload workload) {
        new RequestReplyDriver(tests, exchange, workload).run();
    }

    private void run() {
        for (int topic = 0; topic < workload.responders().size(); topic++) {
            for (int i = 0; i < workload.responders().get(topic); i++) {
                exchange.respond(topic(topic), RequestReplyDriver::answer);
            }
        }
        List<Running<Boolean>> requesters = new ArrayList<>();
        for (int r = 0; r < workload.requesters().size(); r++) {
            String requester = "requester-" + r;
            List<PlannedRequest> requests = workload.requesters().get(r);
            requesters.add(Bounded.startRun(requester, () -> ask(requester, requests)));
        }
        requesters.forEach(it -> exchange.run(
                "the workload",
                tests.timeouts().await().multipliedBy(5),
                () -> it.await(tests.timeouts().await().multipliedBy(4))));
    }

    static String topic(int number) {
        return "topic-" + number;
    }

    private static Message answer(Message request) throws Exception {
        return switch (Answer.valueOf(Objects.requireNonNull(request.headers().get("answer"), "answer"))) {
            case REPLY -> Replies.to(request);
            case THROW -> throw new IOException("cannot answer " + request.id());
            case ERROR -> throw new AssertionError("cannot even begin with " + request.id());
            case NULL -> nothing();
        };
    }

    @SuppressWarnings("NullAway") // null where it is not allowed is the point
    private static Message nothing() {
        return null;
    }

    private void ask(String requester, List<PlannedRequest> requests) {
        List<CompletableFuture<Message>> futures = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            PlannedRequest planned = requests.get(i);
            Message message = Messages.builder(requester + "-" + i)
                    .headers(Map.of("answer", planned.answer().name()))
                    .build();
            try {
                if (planned.waits()) {
                    exchange.recorded().request(requester, topic(planned.topic()), message, timeout(planned));
                } else {
                    futures.add(exchange.recorded()
                            .requestAsync(requester, topic(planned.topic()), message, timeout(planned)));
                }
            } catch (BrokerException told) {
                // Recorded as the ending of the request.
            }
        }
        futures.forEach(this::awaitEnd);
    }

    /** Nobody waits long for a topic that has no responder. */
    private Duration timeout(PlannedRequest planned) {
        boolean deserted = workload.responders().get(planned.topic()) == 0;
        return deserted ? exchange.brief() : exchange.patience();
    }

    private void awaitEnd(CompletableFuture<Message> future) {
        try {
            future.get(exchange.patience().multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException told) {
            // Recorded as the ending of the request, or as one that never ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireDesertedTold() {
        for (RequestCall call : exchange.history().requests()) {
            int topic = Integer.parseInt(call.topic().substring(topic(0).length() - 1));
            boolean deserted = workload.responders().get(topic) == 0;
            exchange.require(
                    deserted == (call.ending() == Ending.NO_RESPONDER),
                    "%s asked a topic with %d responders, and was told %s"
                            .formatted(call.id(), workload.responders().get(topic), call.ending()),
                    call);
        }
    }
}
