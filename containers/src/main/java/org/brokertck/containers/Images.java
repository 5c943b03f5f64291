package org.brokertck.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** Sees to it that an image is there before a container is made of it, since Testcontainers tries for two minutes. */
final class Images {
    private Images() {}

    /**
     * Uses the local image without asking a registry; pulls it once when there is none.
     *
     * @param image as in a {@link ContainerSpec}
     * @param advice what to do when it is not to be had
     * @throws IllegalStateException when the image is not there and cannot be pulled
     */
    static void require(DockerClient client, String image, String advice) {
        // As Testcontainers will do: a prefix may lead to another registry.
        DockerImageName name = ImageNameSubstitutor.instance().apply(DockerImageName.parse(image));
        if (isLocal(client, name)) {
            return;
        }
        ImagePull pull = ImagePull.run(client, name);
        if (!isLocal(client, name)) {
            throw new IllegalStateException("There is no local image %s, and it could not be pulled (%s). %s"
                    .formatted(name.asCanonicalNameString(), pull.failure(), advice));
        }
    }

    private static boolean isLocal(DockerClient client, DockerImageName name) {
        try {
            client.inspectImageCmd(name.asCanonicalNameString()).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }
}
