package org.brokertck.containers;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Leaves the waiting to {@link Readiness}, which also serves when the container is started again. Testcontainers' own
 * checks take longer to see that a server has ended, and then quote its settings with the password.
 */
final class NoWait extends AbstractWaitStrategy {
    @Override
    protected void waitUntilReady() {}

    /** The same for the process. */
    static final class ForProcess extends StartupCheckStrategy {
        @Override
        public StartupStatus checkStartupState(DockerClient client, String containerId) {
            return StartupStatus.SUCCESSFUL;
        }
    }
}
