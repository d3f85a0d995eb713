package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordIdSourceTest {

    private final SettableClock clock = SettableClock.at("2026-11-20T08:00:00Z");
    private final RecordIdSource ids = new RecordIdSource(clock, new SeededRandom(1));

    @Test
    void idsGrowThoughTheClockStandsOrGoesBack() {
        List<String> given = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            given.add(ids.next());
            if (i == 5_000) {
                clock.jump(Duration.ofHours(-1));
            }
        }
        assertThat(given).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsAreUuidsOfVersionSevenThatTellTheTime() {
        UUID id = UUID.fromString(ids.next());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
    }
}
