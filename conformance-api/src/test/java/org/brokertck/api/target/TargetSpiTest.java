package org.brokertck.api.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Set;
import org.brokertck.api.queue.QueueConfig;
import org.junit.jupiter.api.Test;

/** What a target is when it says nothing of itself, and what its values refuse. */
class TargetSpiTest {
    private final ConformanceTarget bare = () -> "bare";
    private final BrokerControl powerless = Set::of;

    @Test
    void aTargetClaimsNothingByDefault() {
        assertThat(bare.version()).isEqualTo("unknown");
        assertThat(bare.capabilities()).isEmpty();
        assertThat(bare.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(bare.virtualTime()).isEmpty();
        assertThat(bare.unreachable()).isEmpty();
        assertThat(bare.control()).isEmpty();
        assertThatNoException().isThrownBy(bare::close);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> bare.openQueue("q", QueueConfig.defaults()))
                .withMessage("bare has no message queue");
    }

    @Test
    void aControlOffersNoFaultByDefault() {
        notOffered(powerless::kill, "KILL");
        notOffered(powerless::start, "KILL");
        notOffered(powerless::pause, "PAUSE");
        notOffered(powerless::resume, "PAUSE");
        notOffered(powerless::cutConnections, "CUT");
    }

    private static void notOffered(Runnable fault, String name) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(fault::run)
                .withMessage("This control does not offer " + name + ": see faults()");
    }

    @Test
    void limitsHaveAFloor() {
        assertThat(new Limits(1024, 65536)).isNotEqualTo(Limits.DEFAULT);
        assertThat(Limits.DEFAULT).isEqualTo(new Limits(1 << 20, 1 << 16));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(1023, 65536))
                .withMessage("maxPayloadBytes is 1023: it must be 1024 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(1024, 65535))
                .withMessage("maxHeaderBytes is 65535: it must be 65536 or more");
    }

    @Test
    void capabilitiesGoByTheirWords() {
        assertThat(Capability.values())
                .extracting(Capability::word)
                .contains("bounded", "durable", "remote", "reconnect", "faults");
    }

    @Test
    void noTextShowsThePasswordOfAnUnreachableTarget() {
        assertThat(new Unreachable(bare, "localhost:1", "secret").toString())
                .contains("localhost:1")
                .doesNotContain("secret");
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Unreachable(null, "a", "p"))
                .withMessage("target");
        assertThatNullPointerException()
                .isThrownBy(() -> new Unreachable(bare, null, "p"))
                .withMessage("address");
        assertThatNullPointerException()
                .isThrownBy(() -> new Unreachable(bare, "a", null))
                .withMessage("password");
        assertThatNullPointerException()
                .isThrownBy(() -> new VirtualTime(null, null))
                .withMessage("target");
        assertThatNullPointerException()
                .isThrownBy(() -> new VirtualTime(bare, null))
                .withMessage("clock");
    }
}
