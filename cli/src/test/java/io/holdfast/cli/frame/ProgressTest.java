package io.holdfast.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private Instant now = Instant.EPOCH;

    @Test
    void redrawsOneLineAndTakesItAway() {
        RecordedTerminal recorded = RecordedTerminal.watched();
        try (Progress progress = new Progress(recorded.terminal(), () -> now, "records")) {
            progress.show(0, 2000);
            now = now.plus(Duration.ofMillis(100));
            progress.show(1000, 2000);
        }
        assertThat(recorded.err())
                .isEqualTo("\r\u001b[2K[------------------------]   0 %  0 of 2,000 records"
                        + "\r\u001b[2K[############------------]  50 %  1,000 of 2,000 records\r\u001b[2K");
    }

    @Test
    void drawsNoMoreThanTenTimesASecond() {
        RecordedTerminal recorded = RecordedTerminal.watched();
        try (Progress progress = new Progress(recorded.terminal(), () -> now, "records")) {
            progress.show(1);
            now = now.plus(Duration.ofMillis(99));
            progress.show(2);
        }
        assertThat(recorded.err()).isEqualTo("\r\u001b[2K1 records\r\u001b[2K");
    }

    @Test
    void staysSilentWhenNobodyWatches() {
        RecordedTerminal recorded = RecordedTerminal.unwatched();
        try (Progress progress = new Progress(recorded.terminal(), () -> now, "records")) {
            progress.show(1, 2);
        }
        assertThat(recorded.err()).isEmpty();
    }
}
