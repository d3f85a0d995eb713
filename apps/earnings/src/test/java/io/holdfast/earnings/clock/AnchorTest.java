package io.holdfast.earnings.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.earnings.clock.ClockJump.Kind;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which clocks go wrong, on machines with and without a clock that counts sleep. */
class AnchorTest {

    private static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;
    private static final long SECOND = 1_000_000;

    /** A machine, its owner, and the true time. */
    static final class Phone {
        private final boolean countsSleep;
        private long truth = 1_795_154_400_000_000L;
        private long wallError;
        private long ticks = 5 * HOUR;
        private int boots;

        Phone(boolean countsSleep) {
            this.countsSleep = countsSleep;
        }

        void run(long micros) {
            truth += micros;
            ticks += micros;
        }

        void sleep(long micros) {
            truth += micros;
            ticks += countsSleep ? micros : 0;
        }

        void set(long micros) {
            wallError += micros;
        }

        void reboot(long micros) {
            truth += micros;
            ticks = 0;
            boots++;
        }

        ClockReading read() {
            return new ClockReading(truth + wallError, "boot-" + boots, ticks, countsSleep);
        }
    }

    /** What happens to a phone. */
    interface Happening {
        void to(Phone phone);
    }

    /** One row of the table: what happens within an hour, what is counted, what is noticed. */
    private static Arguments row(String name, boolean countsSleep, Happening what, long counted, Kind... noticed) {
        return Arguments.of(
                name + (countsSleep ? "" : ", no clock that counts sleep"),
                countsSleep,
                what,
                counted,
                List.of(noticed));
    }

    static Stream<Arguments> cases() {
        Happening hour = phone -> phone.run(HOUR);
        Happening forward = phone -> {
            phone.run(HOUR);
            phone.set(5 * HOUR);
        };
        Happening back = phone -> {
            phone.run(HOUR);
            phone.set(-5 * HOUR);
        };
        Happening suspend = phone -> phone.sleep(HOUR);
        Happening leap = phone -> {
            phone.run(HOUR);
            phone.set(-SECOND);
        };
        Happening rebootForward = phone -> {
            phone.reboot(HOUR);
            phone.set(5 * HOUR);
        };
        Happening rebootBack = phone -> {
            phone.reboot(HOUR);
            phone.set(-5 * HOUR);
        };
        return Stream.of(
                row("nothing", true, hour, HOUR),
                row("nothing", false, hour, HOUR),
                row("set forward", true, forward, HOUR, Kind.SET_FORWARD),
                row("set forward", false, forward, HOUR, Kind.SLEPT_OR_SET_FORWARD),
                row("set back", true, back, HOUR, Kind.SET_BACK),
                row("set back", false, back, HOUR, Kind.SET_BACK),
                row("suspend", true, suspend, HOUR),
                row("suspend", false, suspend, 0, Kind.SLEPT_OR_SET_FORWARD),
                row("reboot", true, phone -> phone.reboot(HOUR), HOUR),
                row("reboot, set forward", true, rebootForward, 6 * HOUR),
                row("reboot, set back", true, rebootBack, 0, Kind.BACK_AFTER_RESTART),
                row("leap second", true, leap, HOUR),
                row("leap second", false, leap, HOUR),
                // A reading is an instant: a phone that flies through twelve zones reads the same ones.
                row("time zone", true, hour, HOUR));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void countsWhatItCanBeSureOfAndRecordsBothReadings(
            String name, boolean countsSleep, Happening what, long counted, List<Kind> noticed) {
        Phone phone = new Phone(countsSleep);
        ClockReading before = phone.read();
        Anchor start = Anchor.first(before).confirm(before, phone.truth).anchor();

        what.to(phone);
        Anchor.Moved moved = start.to(phone.read());

        assertThat(moved.anchor().micros() - start.micros()).isEqualTo(counted);
        assertThat(moved.jump().map(ClockJump::kind).stream()).containsExactlyElementsOf(noticed);
        moved.jump().ifPresent(jump -> {
            assertThat(jump.before()).isEqualTo(before);
            assertThat(jump.after()).isEqualTo(phone.read());
            assertThat(jump.countedMicros()).isEqualTo(counted);
        });
        // Whatever happened, the server's time makes it good.
        Anchor.Moved confirmed = moved.anchor().confirm(phone.read(), phone.truth);
        assertThat(confirmed.anchor().micros()).isEqualTo(phone.truth);
        boolean wrong = Math.abs(counted - HOUR) > Anchor.TOLERANCE_MICROS;
        assertThat(confirmed.jump().map(ClockJump::kind))
                .isEqualTo(wrong ? Optional.of(Kind.CORRECTED_BY_SERVER) : Optional.empty());
    }

    @Test
    void aServerWhoseClockIsSetIsFollowedAndTold() {
        Phone phone = new Phone(true);
        Anchor start =
                Anchor.first(phone.read()).confirm(phone.read(), phone.truth).anchor();

        phone.run(HOUR);
        Anchor.Moved moved = start.confirm(phone.read(), phone.truth + 2 * HOUR);

        assertThat(moved.anchor().micros()).isEqualTo(phone.truth + 2 * HOUR);
        assertThat(moved.jump().map(ClockJump::kind)).contains(Kind.SERVER_MOVED);
    }

    @Test
    void aFirstContactCorrectsAClockThatWasWrongFromTheBeginning() {
        Phone phone = new Phone(true);
        phone.set(3 * HOUR);
        Anchor start = Anchor.first(phone.read());
        phone.run(HOUR);

        Anchor.Moved moved = start.confirm(phone.read(), phone.truth);

        assertThat(moved.anchor().micros()).isEqualTo(phone.truth);
        assertThat(moved.jump().map(ClockJump::kind)).contains(Kind.CORRECTED_BY_SERVER);
    }

    private static final Gen<Happening> ANYTHING_BUT_A_RESTART = Gens.oneOf(
            Gens.longs(0, HOUR).map(micros -> phone -> phone.run(micros)),
            Gens.longs(0, HOUR).map(micros -> phone -> phone.sleep(micros)),
            Gens.longs(-9 * HOUR, 9 * HOUR).map(micros -> phone -> phone.set(micros)));

    @Test
    void M27_noChangeOfTheClockEarnsTimeThatDidNotPass() {
        Property.of("M27").tries(2_000).forAll(Gens.booleans(), ANYTHING_BUT_A_RESTART.list(0, 12), (sleep, events) -> {
            Phone phone = new Phone(sleep);
            Anchor anchor = Anchor.first(phone.read())
                    .confirm(phone.read(), phone.truth)
                    .anchor();
            for (Happening event : events) {
                long was = anchor.micros();
                long error = phone.wallError;
                event.to(phone);
                Anchor.Moved moved = anchor.to(phone.read());
                anchor = moved.anchor();
                assertThat(anchor.micros()).isBetween(was, phone.truth);
                if (sleep) {
                    assertThat(anchor.micros()).isEqualTo(phone.truth);
                }
                if (Math.abs(phone.wallError - error) > Anchor.TOLERANCE_MICROS) {
                    assertThat(moved.jump()).isPresent();
                }
            }
            assertThat(anchor.confirm(phone.read(), phone.truth).anchor().micros())
                    .isEqualTo(phone.truth);
        });
    }

    @Test
    void M17_countedTimeNeverRunsBackwardsWhateverHappensToTheClock() {
        Gen<Happening> restart =
                Gens.zip(Gens.longs(0, HOUR), Gens.longs(-9 * HOUR, 9 * HOUR), (micros, error) -> phone -> {
                    phone.reboot(micros);
                    phone.set(error);
                });
        Gen<Happening> anything = Gens.oneOf(ANYTHING_BUT_A_RESTART, restart);
        Property.of("M17 on a device").tries(2_000).forAll(Gens.booleans(), anything.list(0, 12), (sleep, events) -> {
            Phone phone = new Phone(sleep);
            List<Long> times = new ArrayList<>();
            Anchor anchor = Anchor.first(phone.read());
            for (Happening event : events) {
                event.to(phone);
                anchor = anchor.to(phone.read()).anchor();
                times.add(anchor.micros());
            }
            assertThat(times).isSorted();
        });
    }
}
