package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a device foresees of a session that ended at a time that has not come for the server. */
class ForesightTest {

    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant SETTLED = START.plus(Duration.ofMinutes(10));
    private static final Instant LATER = START.plus(Duration.ofHours(2));
    private static final BigDecimal NOTHING = new BigDecimal("0.00000000");

    private static BigDecimal foreseen(Duration ahead, boolean unsent) {
        Instant ended = SETTLED.plus(ahead);
        MiningSession session = new MiningSession(
                "s",
                "ann",
                "phone",
                START,
                ended,
                Optional.of(ended),
                MiningSession.SERVER,
                new BigDecimal("36.00000000"),
                NOTHING,
                1,
                new JsonText("{}"));
        MiningSettlement settled = new MiningSettlement("s", "ann", SETTLED, NOTHING, NOTHING, NOTHING);
        return new Foresight(user())
                .foresee(
                        List.of(session),
                        id -> Optional.of(settled),
                        id -> unsent,
                        Optional.empty(),
                        Times.micros(LATER))
                .ledger()
                .balance()
                .coins()
                .number();
    }

    private static UserEarnings user() {
        BigDecimal rate = new BigDecimal("36.00000000");
        return new UserEarnings(
                "ann",
                "ann",
                NOTHING,
                rate,
                rate,
                NOTHING,
                NOTHING,
                START,
                START,
                START,
                START,
                UserEarnings.SYNCED,
                Optional.empty(),
                0,
                Optional.empty());
    }

    @Test
    void isNotCountedOnOnceTheServerHasSeenTheEnd() {
        assertThat(foreseen(Duration.ofSeconds(25), false)).isEqualByComparingTo("0");
    }

    @Test
    void isCountedWhileTheServerHasYetToSeeTheEnd() {
        assertThat(foreseen(Duration.ofSeconds(25), true)).isEqualByComparingTo("0.25");
    }

    @Test
    void isCountedWhereItWillBeClaimedAgain() {
        assertThat(foreseen(Duration.ofMillis(500), false)).isEqualByComparingTo("0.005");
    }
}
