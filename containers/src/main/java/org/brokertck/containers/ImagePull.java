package org.brokertck.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.testcontainers.utility.DockerImageName;

/** One attempt to pull an image, given up when it stands still. */
final class ImagePull extends ResultCallback.Adapter<PullResponseItem> {
    /** Without any news for so long the registry is taken to be out of reach. */
    private static final Duration STANDSTILL = Duration.ofSeconds(20);

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private volatile long lastNews = System.nanoTime();
    private volatile boolean done;
    private volatile @Nullable String failure;

    private ImagePull() {}

    /** Pulls; whether the image is there afterwards is for the caller to see. */
    static ImagePull run(DockerClient client, DockerImageName name) {
        ImagePull pull = new ImagePull();
        client.pullImageCmd(name.getUnversionedPart())
                .withTag(name.getVersionPart())
                .exec(pull);
        Threads.poll(LONGEST, () -> pull.done || pull.standsStill());
        try {
            pull.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The pull of " + name.asCanonicalNameString() + " could not be ended", e);
        }
        return pull;
    }

    /** What went wrong, in one line. */
    String failure() {
        String reason = failure;
        return reason == null ? "no answer from the registry" : reason.strip();
    }

    @Override
    public void onNext(PullResponseItem item) {
        lastNews = System.nanoTime();
        if (item.getErrorDetail() != null) {
            failure = item.getErrorDetail().getMessage();
        }
    }

    @Override
    public void onError(Throwable error) {
        if (failure == null) {
            failure = error.getMessage();
        }
        done = true;
    }

    @Override
    public void onComplete() {
        done = true;
    }

    private boolean standsStill() {
        return System.nanoTime() - lastNews > STANDSTILL.toNanos();
    }
}
