package org.brokertck.redis.pubsub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.jspecify.annotations.Nullable;

/** Which subscription is served by which route. Guarded by the feed, but for {@link #find}, which may come from any thread. */
final class Routes {
    /** More globs than these would make the server compare each message with all of them: further patterns share one that takes in all. */
    private static final int MOST_GLOBS = 64;

    private final Channels channels;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final Map<BufferedSubscription, Place> places = new HashMap<>();
    private int globs;

    private record Place(Route route, Route.Wish wish) {}

    Routes(Channels channels) {
        this.channels = channels;
    }

    /** Gives a subscription its route, which may be a new one. */
    Route add(BufferedSubscription subscription, CompletableFuture<Void> served) {
        Route route = routeOf(subscription.topicPattern());
        Route.Wish wish = new Route.Wish(subscription, served);
        route.join(wish);
        places.put(subscription, new Place(route, wish));
        return route;
    }

    /** @return the route that nobody wants any more, if this was its last */
    @Nullable
    Route remove(BufferedSubscription subscription) {
        Place place = places.remove(subscription);
        if (place == null) {
            return null;
        }
        // Ended before it was served: whoever still waits for that, while the broker closes for instance, waits no
        // longer.
        place.wish().served().complete(null);
        if (!place.route().leave(place.wish())) {
            return null;
        }
        Route route = place.route();
        globs -= route.isGlob() ? 1 : 0;
        routes.remove(key(route.isGlob(), route.name));
        return route;
    }

    /** The route by which the server says that a message came. */
    @Nullable
    Route find(boolean glob, byte[] name) {
        return routes.get(key(glob, name));
    }

    Collection<Route> all() {
        return routes.values();
    }

    /** The routes of one kind, for which the server has one command. */
    List<Route> all(boolean glob) {
        return routes.values().stream().filter(it -> it.isGlob() == glob).toList();
    }

    /** The subscriptions made with this text; with null, all. */
    List<BufferedSubscription> subscriptions(@Nullable String text) {
        return places.keySet().stream()
                .filter(it -> text == null || it.pattern().equals(text))
                .toList();
    }

    int subscriptions() {
        return places.size();
    }

    private Route routeOf(TopicPattern pattern) {
        boolean glob = !pattern.isTopic();
        byte[] narrow = glob ? channels.globOf(pattern) : channels.of(pattern.text());
        Route known = routes.get(key(glob, narrow));
        if (known != null) {
            return known;
        }
        byte[] name = glob && globs >= MOST_GLOBS ? channels.all() : narrow;
        return routes.computeIfAbsent(key(glob, name), key -> {
            globs += glob ? 1 : 0;
            return new Route(name, glob);
        });
    }

    private static String key(boolean glob, byte[] name) {
        return (glob ? "p" : "c") + new String(name, ISO_8859_1);
    }
}
