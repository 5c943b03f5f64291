package org.brokertck.tck.broker;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** After the server or the connection was lost the same instance works again, and what was confirmed is not lost. */
public interface LostConnectionRules extends BrokerRules {
    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.CUT)
    default void theSameBrokerWorksAfterItsConnectionsWereCut() {
        try (Server server = Server.of(target())) {
            worksAgainAfter(List.of(server::cutConnections, server::cutConnections));
        }
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.KILL)
    default void theSameBrokerWorksAfterItsServerCameBack() {
        try (Server server = Server.of(target())) {
            worksAgainAfter(List.of(server::killAndStart));
        }
    }

    @Property
    @Costly
    @Verifies("G-14")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void theSameBrokerWorksAfterAnyInterruption(@ForAll @Size(min = 1, max = 3) List<Boolean> pauses) {
        try (Server server = Server.of(target())) {
            worksAgainAfter(pauses.stream()
                    .<Runnable>map(it -> it ? () -> pauseAndCut(server) : server::cutConnections)
                    .toList());
        }
    }

    private static void pauseAndCut(Server server) {
        server.pause();
        server.cutConnections();
        server.resume();
    }

    /** A subscription from before the faults hears all that was confirmed, before and after them; so does one made after each. */
    private void worksAgainAfter(List<Runnable> faults) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-14")) {
            broker.subscribe("order.created");
            broker.produceAll("order.created", List.of(Messages.message("before-1"), Messages.message("before-2")));
            for (int i = 0; i < faults.size(); i++) {
                int round = i;
                faults.get(i).run();
                for (int m = 0; m < 5; m++) {
                    // Some fail, and need not be heard.
                    broker.tryProduce("order.created", Messages.message("under-way-" + round + "-" + m));
                }
                broker.require(
                        broker.happensWithin(
                                timeouts().recovery(),
                                () -> broker.tryProduce(
                                        "order.created", Messages.message("after-" + round + "-" + System.nanoTime()))),
                        "produce did not work again within " + timeouts().recovery() + " after a fault");
                broker.require(
                        broker.happensWithin(timeouts().recovery(), () -> subscribed(broker)),
                        "subscribe did not work again within " + timeouts().recovery() + " after a fault");
                broker.produce("order.created", Messages.message("heard-by-all-" + round));
                broker.settle(timeouts().recovery());
            }
            broker.judge(new NothingLost().and(new NothingInvented()));
        }
    }

    private static boolean subscribed(BrokerUnderTest broker) {
        try {
            broker.recorded().subscribe("order.created", message -> {});
            return true;
        } catch (BrokerException notYet) {
            return false;
        }
    }
}
