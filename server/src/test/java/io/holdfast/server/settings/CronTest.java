package io.holdfast.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    * * * * *       | 2026-11-20T10:00:00Z | 2026-11-20T10:01:00Z
                    * * * * *       | 2026-11-20T10:00:59Z | 2026-11-20T10:01:00Z
                    0 3 * * *       | 2026-11-20T10:00:00Z | 2026-11-21T03:00:00Z
                    */15 * * * *    | 2026-11-20T10:46:00Z | 2026-11-20T11:00:00Z
                    5/20 9-17 * * * | 2026-11-20T17:45:00Z | 2026-11-21T09:05:00Z
                    0 0 1 1 *       | 2026-11-20T10:00:00Z | 2027-01-01T00:00:00Z
                    0 12 * * 0      | 2026-11-20T10:00:00Z | 2026-11-22T12:00:00Z
                    0 12 * * 7      | 2026-11-20T10:00:00Z | 2026-11-22T12:00:00Z
                    0 12 * * 1-5    | 2026-11-20T13:00:00Z | 2026-11-23T12:00:00Z
                    0 0 13 * 5      | 2026-11-20T10:00:00Z | 2026-11-27T00:00:00Z
                    0 0 29 2 *      | 2026-11-20T10:00:00Z | 2028-02-29T00:00:00Z
                    59 23 31 12 *   | 2026-12-31T23:59:00Z | 2027-12-31T23:59:00Z
                    0,30 6,18 * * * | 2026-11-20T06:00:00Z | 2026-11-20T06:30:00Z
                    """)
    void findsTheNextPoint(String cron, Instant from, Instant next) {
        assertThat(Cron.parse(cron).after(from)).contains(next);
    }

    @Test
    void aDayThatNeverComesHasNoPoint() {
        assertThat(Cron.parse("0 0 31 2 *").after(Instant.parse("2026-11-20T10:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "a * * * *",
                "5-1 * * * *",
                "*/0 * * * *",
                "1//2 * * * *",
                "1-2-3 * * * *",
                "-1 * * * *",
                ", * * * *",
                "1, * * * *",
                "99999999999 * * * *"
            })
    void refusesWhatIsNoCron(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.parse(text));
    }
}
