package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.api.target.ManualClock;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.requestreply.HandledOnce;
import org.brokertck.tck.check.requestreply.OwnReplies;
import org.brokertck.tck.check.requestreply.RequestsAsSent;
import org.brokertck.tck.history.requestreply.Ending;
import org.brokertck.tck.history.requestreply.RequestCall;
import org.brokertck.tck.history.requestreply.RequestJournal;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;
import org.brokertck.tck.workload.requestreply.RequestStep;

/**
 * Carries out a schedule on a manual clock, one step after another: each request must have come to the end that is due to it before the
 * next one, and to no other. In which order requests are taken, and whether one that has ended in line is handled all the same, is left
 * to the implementation.
 */
final class ScheduleDriver {
    private static final List<String> TOPICS = List.of("order.price", "order.stock");
    private static final int MOST_RESPONDERS = 4;
    private static final Duration DESERTED = Duration.ofMinutes(1);
    private static final Duration WAIT = Duration.ofMinutes(4);
    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofDays(300);

    private final RequestReplyUnderTest exchange;
    private final ManualClock clock;
    private final TckTimeouts timeouts;
    private final Map<String, ScheduledRequest> requests = new LinkedHashMap<>();
    private final List<ScheduledResponder> responders = new ArrayList<>();
    private final List<ScheduledResponder> gone = new ArrayList<>();
    private String step = "its opening";

    private ScheduleDriver(RequestReplyUnderTest exchange, ManualClock clock, TckTimeouts timeouts) {
        this.exchange = exchange;
        this.clock = clock;
        this.timeouts = timeouts;
    }

    /** Fails the test when a request does not stand as it should after some step. */
    static void judge(RequestReplyRules tests, String ruleId, List<RequestStep> schedule) {
        VirtualTime virtual = tests.target().virtualTime().orElseThrow();
        // Time passes while a responder that has closed itself holds its request: no drain timeout may run out.
        RequestReplyConfig config = tests.config().drainTimeout(LONG).build();
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(
                tests, virtual.target(), ruleId, Names.fresh(ruleId), config, new RequestJournal())) {
            ScheduleDriver driver = new ScheduleDriver(exchange, virtual.clock(), tests.timeouts());
            try {
                driver.run(schedule);
            } finally {
                driver.release();
            }
            exchange.judge(new OwnReplies().and(new RequestsAsSent()).and(new HandledOnce()));
        }
    }

    private void run(List<RequestStep> schedule) {
        for (int i = 0; i < schedule.size(); i++) {
            step = "step %d (%s)".formatted(i + 1, schedule.get(i));
            perform(schedule.get(i));
            comeToRest();
        }
        close();
    }

    /** From here on no handler holds anything. */
    private void release() {
        Stream.concat(responders.stream(), gone.stream())
                .forEach(it -> it.handler().release());
    }

    private void perform(RequestStep next) {
        switch (next.kind()) {
            case REQUEST -> request(next);
            case RESPOND -> next.pick(TOPICS).ifPresent(this::respond);
            case LEAVE ->
                next.pick(responders.stream().filter(this::mayLeave).toList()).ifPresent(this::leave);
            case AGAIN ->
                next.pick(gone)
                        .ifPresent(it -> exchange.run("close of a responder that has left", it.handler()::close));
            case REPLY ->
                next.pick(holding()).ifPresent(it -> {
                    held(it).ends(Ending.REPLIED);
                    it.returns(false);
                    forget(it);
                });
            case FAIL ->
                next.pick(holding()).ifPresent(it -> {
                    held(it).ends(Ending.FAILED);
                    it.fails();
                    forget(it);
                });
            case NOTHING ->
                next.pick(holding()).ifPresent(it -> {
                    held(it).ends(Ending.FAILED);
                    it.returns(true);
                    forget(it);
                });
            case CANCEL -> next.pick(pending(it -> !it.waits())).ifPresent(ScheduledRequest::giveUp);
            case INTERRUPT -> next.pick(pending(ScheduledRequest::waits)).ifPresent(ScheduledRequest::giveUp);
            case WAIT -> pass(WAIT);
            case PASS -> pass(SHORT);
        }
    }

    private static ScheduledRequest held(ScheduledResponder responder) {
        return responder.held().orElseThrow();
    }

    private List<ScheduledResponder> holding() {
        return responders.stream().filter(it -> it.held().isPresent()).toList();
    }

    private List<ScheduledRequest> pending(Predicate<ScheduledRequest> of) {
        return requests.values().stream()
                .filter(it -> it.isPending() && of.test(it))
                .toList();
    }

    private void request(RequestStep next) {
        String topic = next.pick(TOPICS).orElseThrow();
        boolean deserted = living(topic).findAny().isEmpty();
        Duration timeout = deserted ? DESERTED : next.isShort() ? SHORT : LONG;
        String id = "r-" + requests.size();
        Message message = Messages.message(id);
        Runnable giveUp;
        if (next.waits()) {
            Running<Message> call = exchange.start("requester-" + id, topic, message, timeout);
            giveUp = () -> interrupt(call);
            Polling.until(timeouts.await(), call::isAtRest, it -> it);
        } else {
            CompletableFuture<Message> future = exchange.requestAsync(topic, message, timeout);
            giveUp = () -> future.cancel(true);
        }
        ScheduledRequest request =
                new ScheduledRequest(id, topic, next.waits(), clock.now().plus(timeout), giveUp);
        requests.put(id, request);
        if (deserted) {
            request.ends(Ending.NO_RESPONDER);
            Polling.until(timeouts.await(), exchange::metrics, it -> it.requested() == requests.size());
            pass(DESERTED);
        }
    }

    private static void interrupt(Running<Message> call) {
        call.interrupt();
    }

    /** Those who take requests of a topic. */
    private Stream<ScheduledResponder> living(String topic) {
        return responders.stream()
                .filter(it -> it.topic().equals(topic) && !it.handler().leaving());
    }

    private void respond(String topic) {
        if (responders.size() < MOST_RESPONDERS) {
            ScheduledResponder responder =
                    new ScheduledResponder(topic, timeouts.await().multipliedBy(10));
            // The first request may come before the responder is known, but then its handler holds it.
            Responder opened = exchange.respond(topic, responder);
            responder.is(opened);
            responders.add(responder);
        }
    }

    /** What becomes of a request that waited for the last responder of its topic is left to the implementation. */
    private boolean mayLeave(ScheduledResponder responder) {
        boolean last = living(responder.topic()).count() == 1;
        boolean waitedFor = !pending(it -> it.isInLine() && it.topic().equals(responder.topic()))
                .isEmpty();
        return !responder.handler().leaving() && !(last && waitedFor);
    }

    private void leave(ScheduledResponder responder) {
        if (responder.held().isPresent()) {
            exchange.require(
                    responder.handler().leaves(timeouts.await()),
                    "%s: the close of a responder from inside its handler did not return".formatted(step));
        } else {
            leaveIdly(responder);
        }
    }

    /** A request that has ended may be handed to it meanwhile. */
    private void leaveIdly(ScheduledResponder responder) {
        Running<Boolean> close = Bounded.startRun("close of a responder", responder.handler()::close);
        Polling.until(
                timeouts.await(),
                () -> {
                    takeNote();
                    return close.isDone();
                },
                it -> it);
        exchange.run("close of a responder", () -> close.await(timeouts.await()));
        responders.remove(responder);
        gone.add(responder);
    }

    /** One that has closed itself is gone when its handler has ended. */
    private void forget(ScheduledResponder responder) {
        if (responder.handler().leaving()) {
            responders.remove(responder);
            gone.add(responder);
        }
    }

    private void pass(Duration time) {
        clock.advance(time);
        Instant now = clock.now();
        pending(it -> it.isOver(now))
                .forEach(it -> it.timesOut(living(it.topic()).findAny().isEmpty()));
    }

    private void comeToRest() {
        Optional<String> due = Polling.until(
                timeouts.await(),
                () -> {
                    takeNote();
                    return due();
                },
                Optional::isEmpty);
        exchange.require(due.isEmpty(), "after %s: %s".formatted(step, due.orElse("")));
    }

    private void takeNote() {
        gone.forEach(it -> exchange.require(
                it.news().isEmpty(), "after %s: a responder that had left was given %s".formatted(step, it.news())));
        for (ScheduledResponder responder : responders) {
            exchange.require(
                    !responder.endedEarly(),
                    "after %s: a handler that held a request ended before it was let go, as one does that is interrupted"
                            .formatted(step));
            responder.news().ifPresent(message -> given(responder, message.id()));
        }
    }

    private void given(ScheduledResponder responder, String id) {
        ScheduledRequest request = Objects.requireNonNull(requests.get(id), id);
        exchange.require(
                request.topic().equals(responder.topic()) && !request.isTaken(),
                "after %s: %s to '%s' was given to a responder of '%s', and had been taken before: %s"
                        .formatted(step, id, request.topic(), responder.topic(), request.isTaken()));
        exchange.require(
                !responder.handler().leaving(),
                "after %s: %s was given to a responder that had closed itself".formatted(step, id));
        responder
                .held()
                .ifPresent(it -> exchange.require(
                        false, "after %s: a responder was given %s while it held %s".formatted(step, id, it.id())));
        responder.given(request);
        boolean endedInLine = !request.isPending();
        request.isGiven();
        if (endedInLine) {
            responder.returns(false);
        }
    }

    /** What must be so and is not yet. */
    private Optional<String> due() {
        Map<String, Ending> endings =
                exchange.history().requests().stream().collect(Collectors.toMap(RequestCall::id, RequestCall::ending));
        for (ScheduledRequest request : requests.values()) {
            Ending found = endings.getOrDefault(request.id(), Ending.PENDING);
            if (!request.mayHaveEnded(found)) {
                return Optional.of("request %s to '%s' is %s, where %s is due"
                        .formatted(request.id(), request.topic(), found, request.due()));
            }
        }
        for (String topic : TOPICS) {
            List<ScheduledRequest> inLine =
                    pending(it -> it.isInLine() && it.topic().equals(topic));
            if (!inLine.isEmpty() && living(topic).anyMatch(it -> it.held().isEmpty())) {
                return Optional.of("a responder of '%s' is free, and %s waits in line"
                        .formatted(topic, inLine.get(0).id()));
            }
        }
        return dueMetrics();
    }

    private Optional<String> dueMetrics() {
        RequestReplyMetrics found = exchange.metrics();
        RequestReplyMetrics due = new RequestReplyMetrics(
                requests.size(),
                count(Ending.REPLIED),
                count(Ending.FAILED),
                count(Ending.TIMED_OUT),
                count(Ending.NO_RESPONDER) + count(Ending.GIVEN_UP) + count(Ending.REFUSED),
                (int) count(Ending.PENDING),
                found.responders());
        if (!found.equals(due)) {
            return Optional.of("the metrics are %s, where %s are due".formatted(found, due));
        }
        long leaving = responders.stream().filter(it -> it.handler().leaving()).count();
        // One that has closed itself from inside may count until its handler has ended.
        boolean counted = found.responders() <= responders.size() && found.responders() >= responders.size() - leaving;
        return counted
                ? Optional.empty()
                : Optional.of("the metrics say responders = %d, where %d have not left and %d are leaving"
                        .formatted(found.responders(), responders.size() - leaving, leaving));
    }

    private long count(Ending ending) {
        return requests.values().stream().filter(it -> it.due() == ending).count();
    }

    /** Two close it at once; what is pending ends before any handler does. */
    private void close() {
        step = "two closes at once";
        Running<Boolean> closer = Bounded.startRun("close", exchange::closeNow);
        Running<Boolean> second = Bounded.startRun("second close", exchange.unrecorded()::close);
        pending(it -> true).forEach(it -> it.ends(Ending.REFUSED));
        Optional<String> open = Polling.until(timeouts.await(), this::dueAtTheClose, Optional::isEmpty);
        exchange.require(open.isEmpty(), "after %s: %s".formatted(step, open.orElse("")));
        release();
        closer.await(timeouts.await().multipliedBy(2));
        exchange.run("second close", () -> second.await(timeouts.await()));
        responders.clear();
        Optional<String> due = dueMetrics();
        exchange.require(due.isEmpty(), "after %s: %s".formatted(step, due.orElse("")));
    }

    private Optional<String> dueAtTheClose() {
        return exchange.history().requests().stream()
                .filter(it -> it.ending()
                        != Objects.requireNonNull(requests.get(it.id())).due())
                .findFirst()
                .map(it -> "request %s is %s, where %s is due"
                        .formatted(
                                it.id(),
                                it.ending(),
                                Objects.requireNonNull(requests.get(it.id())).due()));
    }
}
