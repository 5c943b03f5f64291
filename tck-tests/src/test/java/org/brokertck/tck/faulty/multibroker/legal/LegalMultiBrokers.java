package org.brokertck.tck.faulty.multibroker.legal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiTarget;
import org.brokertck.tck.faulty.multibroker.plain.PlainSubscription;

/** All odd but legal multi-brokers, by name. */
final class LegalMultiBrokers {
    private LegalMultiBrokers() {}

    static List<ConformanceTarget> all() {
        return List.of(
                PlainMultiTarget.of("Plain", PlainMultiBroker::new),
                PlainMultiTarget.of("HandsOverTwice", it -> new PlainMultiBroker(it) {
                    @Override
                    protected void hand(PlainSubscription subscription, Message message) throws Exception {
                        super.hand(subscription, message);
                        super.hand(subscription, message);
                    }
                }),
                PlainMultiTarget.of("BalancesInReverse", it -> new PlainMultiBroker(it) {
                    @Override
                    protected void balance(List<PlainMember> healthy) {
                        Collections.reverse(healthy);
                        super.balance(healthy);
                    }
                }),
                PlainMultiTarget.of("CausesOfCauses", it -> new PlainMultiBroker(it) {
                    @Override
                    protected BrokerException unavailable(String topic, Map<PlainMember, Throwable> causes) {
                        BrokerException told = super.unavailable(topic, causes);
                        if (told instanceof MessageTooLargeException) {
                            return told;
                        }
                        String text = String.valueOf(told.getMessage());
                        return told instanceof OperationTimeoutException
                                ? new OperationTimeoutException(text, told)
                                : new BrokerUnavailableException(text, told);
                    }
                }),
                PlainMultiTarget.of("LooksAgainAfterAFailure", it -> new PlainMultiBroker(it) {
                    @Override
                    protected boolean failed(PlainMember member, Throwable failure) {
                        background(() -> lookAndJoin(member));
                        return super.failed(member, failure);
                    }
                }),
                PlainMultiTarget.of("TakesItsTime", it -> new PlainMultiBroker(it) {
                    @Override
                    protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(100_000));
                        super.deliver(member, topic, message);
                    }
                }),
                PlainMultiTarget.of("WordyRefusals", it -> new PlainMultiBroker(it) {
                    @Override
                    public void addBroker(String name, MessageBroker broker) {
                        if (Objects.isNull(name) || Objects.isNull(broker)) {
                            throw new IllegalArgumentException("Name and Broker must not be null, dear caller");
                        }
                        super.addBroker(name, broker);
                    }
                }));
    }
}
