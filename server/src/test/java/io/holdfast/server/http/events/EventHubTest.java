package io.holdfast.server.http.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EventHubTest {

    private static final Duration NOT_AT_ALL = Duration.ZERO;

    private final EventHub hub = new EventHub();

    private static List<Moved> drain(Subscription subscription) throws InterruptedException {
        List<Moved> moves = new ArrayList<>();
        for (Optional<Moved> next = subscription.next(NOT_AT_ALL);
                next.isPresent();
                next = subscription.next(NOT_AT_ALL)) {
            moves.add(next.get());
        }
        return moves;
    }

    @Test
    void keepsOnlyTheLatestMoveOfEachScopeForASlowListener() throws InterruptedException {
        try (Subscription slow = hub.subscribe(Set.of("a", "b"))) {
            for (int sequence = 1; sequence <= 1_000; sequence++) {
                hub.moved("a", sequence);
            }
            hub.moved("b", 7);
            assertThat(drain(slow)).containsExactly(new Moved("a", 1_000), new Moved("b", 7));
        }
    }

    @Test
    void neverGoesBackAndAlwaysEndsOnTheLatest() {
        Gen<List<Integer>> reports = Gens.ints(0, 20).list(0, 40);
        Property.of("a listener hears rising sequences that end on the highest")
                .tries(1_000)
                .forAll(reports, moves -> {
                    try (Subscription subscription = hub.subscribe(Set.of("a"))) {
                        List<Moved> heard = new ArrayList<>();
                        for (int move : moves) {
                            // Zero stands for the listener's turn.
                            if (move == 0) {
                                heard.addAll(drain(subscription));
                            } else {
                                hub.moved("a", move);
                            }
                        }
                        heard.addAll(drain(subscription));
                        List<Long> sequences =
                                heard.stream().map(Moved::sequence).toList();
                        assertThat(sequences).isSorted().doesNotHaveDuplicates();
                        Map<String, Long> last = new HashMap<>();
                        heard.forEach(moved -> last.put(moved.scope(), moved.sequence()));
                        long highest = moves.stream()
                                .mapToLong(Integer::longValue)
                                .max()
                                .orElse(0);
                        assertThat(last.getOrDefault("a", 0L)).isEqualTo(highest);
                    }
                });
    }

    @Test
    void wakesAWaitingListener() {
        try (Subscription subscription = hub.subscribe(Set.of("a"))) {
            CompletableFuture<Optional<Moved>> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return subscription.next(Duration.ofSeconds(20));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
            });
            hub.moved("a", 1);
            assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Optional.of(new Moved("a", 1)));
        }
    }

    @Test
    void forgetsWhoHasLeft() throws InterruptedException {
        Subscription gone = hub.subscribe(Set.of("a", "b"));
        try (Subscription stays = hub.subscribe(Set.of("b"))) {
            gone.close();
            assertThat(hub.listenedScopes()).containsExactly("b");
            hub.moved("b", 1);
            assertThat(drain(stays)).hasSize(1);
            assertThat(drain(gone)).isEmpty();
            assertThat(gone.ended()).isTrue();
        }
        assertThat(hub.listenedScopes()).isEmpty();
    }

    @Test
    void endsEveryoneAndLaterComersWhenItCloses() {
        Subscription before = hub.subscribe(Set.of("a"));
        hub.close();
        assertThat(before.ended()).isTrue();
        assertThat(hub.subscribe(Set.of("a")).ended()).isTrue();
    }
}
