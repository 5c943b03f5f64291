package com.example;

import org.brokertck.tck.run.CurrentTarget;
import org.brokertck.tck.suite.ConformanceSuite;
import org.junit.platform.suite.api.BeforeSuite;

/**
 * The whole suite against {@link OwnTarget}. Its name keeps it out of a usual build, since it would run the rules of
 * {@link OwnQueueTest} a second time: {@code mvn test -Dtest=OwnConformance} runs it.
 */
@ConformanceSuite
class OwnConformance {
    @BeforeSuite
    static void target() {
        CurrentTarget.use(new OwnTarget());
    }
}
