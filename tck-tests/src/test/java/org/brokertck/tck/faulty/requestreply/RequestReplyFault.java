package org.brokertck.tck.faulty.requestreply;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.requestreply.plain.Opening;
import org.brokertck.tck.faulty.requestreply.plain.PlainRequestReply;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.brokertck.tck.faulty.requestreply.plain.PlainTarget;
import org.brokertck.tck.faulty.requestreply.simulated.SimulatedExchange;
import org.brokertck.tck.faulty.requestreply.simulated.SimulatedTarget;

/** Makes faulty request/reply. */
final class RequestReplyFault {
    private RequestReplyFault() {}

    /** Makes a responder. */
    @FunctionalInterface
    interface Making {
        PlainResponder make(PlainRequestReply owner, String topic, RequestHandler handler);
    }

    /** A faulty variant of the plain instance. */
    static Fault plain(
            String name, String rule, String finding, String description, Function<Opening, RequestReply> instances) {
        return Fault.of(name, rule, finding, description, () -> PlainTarget.of(name, instances));
    }

    /** A plain instance with faulty responders. */
    static Fault responder(String name, String rule, String finding, String description, Making making) {
        return plain(name, rule, finding, description, it -> new PlainRequestReply(it) {
            @Override
            protected PlainResponder newResponder(String topic, RequestHandler handler) {
                return making.make(this, topic, handler);
            }
        });
    }

    /** A faulty client of a simulated server that does its part well. */
    static Fault remote(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<SimulatedExchange, Opening, RequestReply> instances) {
        return Fault.of(name, rule, finding, description, () -> new SimulatedTarget(name, instances));
    }
}
