package org.brokertck.tck.requestreply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.tck.history.requestreply.RequestJournal;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkload;
import org.brokertck.tck.workload.requestreply.RequestReplyWorkloads;
import org.junit.jupiter.api.Test;

/** Nobody sees what another one changes, and instances with different names share nothing. */
public interface IsolationRules extends RequestReplyRules {
    /** Longer than what many systems keep of a name, and shorter than the contract allows. */
    String LONG = "-" + "n".repeat(70);

    /** What makes names that contain each other, or differ in little. */
    List<String> SUFFIXES = List.of("", ".order", "-order", ".1", ".a", ".A", "-a", LONG + "1", LONG + "2");

    /** All messages are kept, tampered with, and compared at the end. */
    @Test
    @Verifies("G-8")
    default void neitherSideSeesWhatTheOtherChanges() {
        byte[] asked = {1, 2, 3};
        byte[] answered = {4, 5, 6};
        Map<String, String> headers = new HashMap<>(Map.of("key", "value"));
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "G-8")) {
            exchange.respond("order.price", request -> {
                tamperWith(request);
                Message reply = Messages.builder("reply-to-" + request.id())
                        .payload(answered)
                        .headers(headers)
                        .build();
                answered[0]++;
                headers.put("key", "changed");
                return reply;
            });
            for (int i = 0; i < 5; i++) {
                Message request = Messages.builder("r-" + i).payload(asked).build();
                asked[0]++;
                tamperWith(exchange.request("order.price", request));
            }
            exchange.judge(exchange.faultless());
        }
    }

    private static void tamperWith(Message message) {
        message.payload()[0] = 77;
        try {
            message.headers().put("key", "tampered");
        } catch (UnsupportedOperationException unmodifiable) {
            // As it should be.
        }
    }

    /** The history keeps every message to the end, so one whose bytes change later is seen. */
    @Property
    @Verifies("G-8")
    default void receivedRequestsAndRepliesNeverChange(
            @ForAll(supplier = RequestReplyWorkloads.Prompt.class) RequestReplyWorkload workload) {
        RequestReplyDriver.judge(this, "G-8", workload);
    }

    @Test
    @Verifies("G-11")
    default void instancesWhoseNamesContainEachOtherShareNothing() {
        shareNothing(SUFFIXES);
    }

    @Property
    @Verifies("G-11")
    default void instancesWithDifferentNamesShareNothing(@ForAll @Size(min = 2, max = 4) List<NamePart> parts) {
        List<String> suffixes = new ArrayList<>();
        String suffix = "";
        for (NamePart part : parts) {
            suffixes.add(suffix);
            suffix += part.text;
        }
        shareNothing(suffixes);
    }

    /** Parts of names that differ in little. */
    enum NamePart {
        /** A letter. */
        LETTER("a"),
        /** The other case of the same letter. */
        CAPITAL("A"),
        /** A digit. */
        DIGIT("0"),
        /** A dot and a letter. */
        DOT(".a"),
        /** A hyphen and a letter. */
        HYPHEN("-a");

        private final String text;

        NamePart(String text) {
            this.text = text;
        }
    }

    /** Every other instance has a responder; the rest must find none, whatever their neighbours have. */
    private void shareNothing(List<String> suffixes) {
        String name = Names.fresh("G-11");
        List<RequestReplyUnderTest> all = new ArrayList<>();
        try {
            for (String suffix : suffixes) {
                all.add(RequestReplyUnderTest.open(
                        this, target(), "G-11", name + suffix, config().build(), new RequestJournal()));
            }
            for (int i = 0; i < all.size(); i += 2) {
                String own = "of-" + i;
                all.get(i).respond("order", request -> Messages.message(own));
                all.get(i).respond("a.order", request -> Messages.message("more-" + own));
            }
            for (int i = 0; i < all.size(); i++) {
                requireOwn(all.get(i), i);
            }
        } finally {
            all.forEach(RequestReplyUnderTest::close);
        }
    }

    private static void requireOwn(RequestReplyUnderTest exchange, int number) {
        Map<String, String> answers = Map.of("order", "of-" + number, "a.order", "more-of-" + number);
        answers.forEach((topic, answer) -> {
            if (number % 2 == 1) {
                exchange.failed(
                        NoResponderException.class,
                        "request to an instance that has no responder, whose neighbours have some",
                        exchange.brief(),
                        () -> exchange.recorded()
                                .request(
                                        RequestReplyUnderTest.MAIN,
                                        topic,
                                        Messages.message("unheard-" + topic),
                                        exchange.brief()));
                return;
            }
            Message reply = exchange.request(topic, Messages.message("r-" + topic));
            exchange.require(
                    reply.id().equals(answer),
                    "%s was asked and the responder of another instance answered: %s"
                            .formatted(exchange.name(), reply.id()));
        });
    }
}
