package io.holdfast.client.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.client.SimulatedMachine;
import io.holdfast.client.system.SystemMachine;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConflatedTest {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SimulatedMachine machine = new SimulatedMachine(1, Duration.ofMillis(1));
    private final AtomicInteger value = new AtomicInteger();
    private final Conflated<Integer> conflated = new Conflated<>(value::get, machine);
    private final List<Integer> heard = new ArrayList<>();

    private void set(int next) {
        value.set(next);
        conflated.changed();
    }

    @Test
    void aNewSubscriberHearsThePresentValue() {
        value.set(7);

        conflated.subscribe(Duration.ZERO, heard::add);
        machine.time().runAll(10);

        assertThat(heard).containsExactly(7);
    }

    @Test
    void aPauseSkipsWhatLiesBetweenButNeverTheLast() {
        conflated.subscribe(PAUSE, heard::add);
        machine.time().runFor(Duration.ofMillis(50));

        for (int next = 1; next <= 9; next++) {
            set(next);
        }
        machine.time().runFor(Duration.ofMillis(40));
        assertThat(heard).containsExactly(0);

        machine.time().runAll(10);
        assertThat(heard).containsExactly(0, 9);
    }

    @Test
    void aValueThatIsTheSameAgainIsNotToldAgain() {
        conflated.subscribe(Duration.ZERO, heard::add);
        machine.time().runAll(10);

        conflated.changed();
        machine.time().runAll(10);

        assertThat(heard).containsExactly(0);
    }

    @Test
    void aChangeThatAListenerMakesItselfIsToldToIt() {
        conflated.subscribe(Duration.ZERO, now -> {
            heard.add(now);
            if (now < 3) {
                set(now + 1);
            }
        });
        machine.time().runAll(20);

        assertThat(heard).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aListenerThatFailsHearsNothingMoreAndTheOthersGoOn() {
        conflated.subscribe(Duration.ZERO, now -> {
            throw new IllegalStateException("this listener is broken");
        });
        conflated.subscribe(Duration.ZERO, heard::add);
        machine.time().runAll(10);

        set(1);
        machine.time().runAll(10);

        assertThat(heard).containsExactly(0, 1);
    }

    @Test
    void aValueThatCannotBeReadForAWhileIsToldOnceItCan() {
        AtomicBoolean readable = new AtomicBoolean(true);
        Conflated<Integer> disk = new Conflated<>(
                () -> {
                    if (!readable.get()) {
                        throw new IllegalStateException("the disk does not answer");
                    }
                    return value.get();
                },
                machine);
        disk.subscribe(Duration.ZERO, heard::add);
        machine.time().runFor(Duration.ofSeconds(1));

        readable.set(false);
        value.set(1);
        disk.changed();
        machine.time().runFor(Duration.ofMinutes(1));
        readable.set(true);
        machine.time().runFor(Duration.ofSeconds(6));

        assertThat(heard).containsExactly(0, 1);
    }

    @Test
    void aClosedSubscriptionHearsNothing() {
        Conflated.Subscription subscription = conflated.subscribe(PAUSE, heard::add);
        machine.time().runAll(10);
        set(1);

        subscription.close();
        set(2);
        machine.time().runAll(10);

        assertThat(heard).containsExactly(0);
    }

    @Test
    void whateverTheTimesTheLastValueArrivesAndNoTwoCloserThanThePause() {
        Property.of("conflation keeps the last value and the pause")
                .forAll(Gens.ints(0, 150).list(0, 60), gaps -> {
                    SimulatedMachine world = new SimulatedMachine(1, Duration.ofMillis(1));
                    AtomicInteger current = new AtomicInteger();
                    Conflated<Integer> watched = new Conflated<>(current::get, world);
                    List<Integer> values = new ArrayList<>();
                    List<Instant> times = new ArrayList<>();
                    watched.subscribe(PAUSE, now -> {
                        values.add(now);
                        times.add(world.time().instant());
                    });
                    for (int gap : gaps) {
                        world.time().runFor(Duration.ofMillis(gap));
                        current.incrementAndGet();
                        watched.changed();
                    }
                    world.time().runAll(1_000);

                    assertThat(values).isSorted().doesNotHaveDuplicates().endsWith(current.get());
                    for (int i = 1; i < times.size(); i++) {
                        assertThat(Duration.between(times.get(i - 1), times.get(i)))
                                .isGreaterThanOrEqualTo(PAUSE);
                    }
                });
    }

    @Test
    void aListenerThatHangsHoldsNobodyUpAndLearnsTheLastValue() {
        CountDownLatch hanging = new CountDownLatch(1);
        List<Integer> told = new CopyOnWriteArrayList<>();
        try (SystemMachine real = new SystemMachine("conflated-test");
                Conflated<Integer> watched = new Conflated<>(value::get, real)) {
            watched.subscribe(Duration.ZERO, now -> {
                told.add(now);
                awaitUninterruptibly(hanging);
            });
            await().until(() -> told.size() == 1);

            for (int next = 1; next <= 100_000; next++) {
                value.set(next);
                watched.changed();
            }
            assertThat(told).containsExactly(0);
            hanging.countDown();

            await().until(() -> told.getLast() == 100_000);
            assertThat(told).containsExactly(0, 100_000);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
