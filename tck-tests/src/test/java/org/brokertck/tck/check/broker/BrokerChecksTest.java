package org.brokertck.tck.check.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.Routing;
import org.brokertck.tck.history.broker.SubscriberSpan;
import org.brokertck.tck.history.broker.TopicProduce;
import org.junit.jupiter.api.Test;

/** Each check finds what it is for, and nothing in a history that keeps the rules. */
class BrokerChecksTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final SubscriberSpan SUBSCRIBER = new SubscriberSpan("s", "t", 1, 2, NEVER, NEVER);

    private static TopicProduce produced(String id, long invoked, Outcome outcome) {
        return new TopicProduce("p", "t", message(id), invoked, invoked + 1, outcome, "");
    }

    private static Message message(String id) {
        return Message.builder().id(id).topic("t").timestamp(Instant.EPOCH).build();
    }

    private static Handling handled(String id, long started, long ended) {
        return new Handling("s", message(id), started, ended, false);
    }

    private static BrokerHistory history(List<TopicProduce> produces, List<Handling> handlings) {
        return new BrokerHistory(produces, handlings, List.of(SUBSCRIBER), NEVER, NEVER);
    }

    private static void requireValid(Check<BrokerHistory> check, BrokerHistory history) {
        assertThat(check.judge(history)).isInstanceOf(Verdict.Valid.class);
    }

    private static void requireFinding(Check<BrokerHistory> check, BrokerHistory history, String finding) {
        assertThat(check.judge(history))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class, it -> assertThat(it.finding()).contains(finding));
    }

    @Test
    void aHistoryThatKeepsTheRulesHasNoFinding() {
        BrokerHistory good = history(
                List.of(produced("a", 3, Outcome.OK), produced("b", 5, Outcome.OK), produced("c", 7, Outcome.REFUSED)),
                List.of(handled("a", 4, 8), handled("b", 9, 10), handled("a", 11, 12)));
        requireValid(
                new NothingLost()
                        .and(new NothingInvented())
                        .and(new InProducerOrder())
                        .and(new OneHandlerAtATime())
                        .and(new SilentAfterClose()),
                good);
    }

    @Test
    void whatReturnedMustArriveAndNothingElseNeed() {
        requireFinding(
                new NothingLost(), history(List.of(produced("a", 3, Outcome.OK)), List.of()), "did not receive a");
        requireValid(new NothingLost(), history(List.of(produced("a", 1, Outcome.OK)), List.of()));
        requireValid(new NothingLost(), history(List.of(produced("a", 3, Outcome.UNKNOWN)), List.of()));
        SubscriberSpan leaving = new SubscriberSpan("s", "t", 1, 2, 9, 10);
        requireValid(
                new NothingLost(),
                new BrokerHistory(List.of(produced("a", 3, Outcome.OK)), List.of(), List.of(leaving), NEVER, NEVER));
    }

    @Test
    void whatWasNotProducedOrWasRefusedOrChangedMustNotArrive() {
        Handling a = handled("a", 5, 6);
        requireFinding(new NothingInvented(), history(List.of(), List.of(a)), "which nobody produced");
        requireFinding(
                new NothingInvented(),
                history(List.of(produced("a", 3, Outcome.REFUSED)), List.of(a)),
                "which was refused");
        requireFinding(
                new NothingInvented(),
                history(List.of(produced("a", 7, Outcome.OK)), List.of(a)),
                "before it was produced");
        TopicProduce elsewhere = new TopicProduce("p", "u", message("a"), 3, 4, Outcome.OK, "");
        requireFinding(new NothingInvented(), history(List.of(elsewhere), List.of(a)), "which was produced to 'u'");
        Message changed = message("a").toBuilder().payload(new byte[1]).build();
        requireFinding(
                new NothingInvented(),
                history(List.of(produced("a", 3, Outcome.OK)), List.of(new Handling("s", changed, 5, 6, false))),
                "changed: payload");
    }

    @Test
    void theFirstTimeCountsForTheOrder() {
        List<TopicProduce> both = List.of(produced("a", 3, Outcome.OK), produced("b", 5, Outcome.OK));
        requireFinding(
                new InProducerOrder(),
                history(both, List.of(handled("b", 7, 8), handled("a", 9, 10))),
                "received a after b");
        TopicProduce another = new TopicProduce("q", "t", message("b"), 5, 6, Outcome.OK, "");
        requireValid(
                new InProducerOrder(),
                history(
                        List.of(produced("a", 3, Outcome.OK), another),
                        List.of(handled("b", 7, 8), handled("a", 9, 10))));
    }

    @Test
    void aHandlerMustNotRunTwiceAtOnce() {
        requireFinding(
                new OneHandlerAtATime(),
                history(List.of(), List.of(handled("a", 3, 9), handled("b", 4, 5), handled("c", 6, 7))),
                "ran twice at once");
    }

    @Test
    void nothingMayComeAfterAClose() {
        BrokerHistory late = new BrokerHistory(List.of(), List.of(handled("a", 9, 10)), List.of(SUBSCRIBER), 5, 6);
        requireFinding(new SilentAfterClose(), late, "had returned");
        BrokerHistory accepted =
                new BrokerHistory(List.of(produced("a", 9, Outcome.OK)), List.of(), List.of(SUBSCRIBER), 5, 6);
        requireFinding(new SilentAfterClose(), accepted, "after the broker was closed");
    }

    private static Routing.Step rule(String pattern, String brokers) {
        return new Routing.RuleSet(RoutingRule.parse(pattern, brokers));
    }

    private static Routing.Step routed(String topic, String... takers) {
        return new Routing.Routed("m", topic, List.of(takers));
    }

    private static Verdict judge(Routing.Step... steps) {
        return new RoutedByRules().judge(new Routing(List.of("a", "b"), List.of(steps)));
    }

    @Test
    void rulesCountInTheOrderInWhichTheyWereFirstSet() {
        assertThat(judge(routed("x", "b"), rule("#", "a,b"), rule("x", "b"), routed("x", "a")))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(judge(rule("#", "a"), rule("x", "b"), rule("#", "b"), rule("x", "a"), routed("x", "b")))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(judge(rule("#", "a"), rule("x", "b"), routed("x", "b"))).isInstanceOf(Verdict.Invalid.class);
        assertThat(judge(rule("x", "b"), routed("x", "b", "a"))).isInstanceOf(Verdict.Invalid.class);
        assertThat(judge(routed("x"))).isInstanceOf(Verdict.Invalid.class);
    }

    @Test
    void sharesMayDifferByATenth() {
        assertThat(new SharesEven().judge(Map.of("a", 550, "b", 450))).isInstanceOf(Verdict.Valid.class);
        assertThat(new SharesEven().judge(Map.of("a", 560, "b", 440))).isInstanceOf(Verdict.Invalid.class);
    }
}
