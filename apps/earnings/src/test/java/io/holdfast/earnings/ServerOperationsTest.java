package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.apikit.ApiDescription;
import io.holdfast.client.ClientOptions;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.operations.InMemoryOperationLog;
import io.holdfast.earnings.operations.LogEntry;
import io.holdfast.earnings.operations.LogJson;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server writes down of its operations, over HTTP, by the real clock. */
class ServerOperationsTest {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private final BrittleStorage storage = new BrittleStorage();
    private final InMemoryOperationLog log = new InMemoryOperationLog(10_000);

    private EarningsManager device(EarningsOffice office) {
        EarningsManager earnings =
                EarningsManager.open(folder.resolve("ann.holdfast"), "ann", EarningsOptions.defaults());
        earnings.initialize(new BigDecimal("0.5"));
        earnings.connect(ClientOptions.of(office.server.address().toString(), office.token(Role.DEVICE, "ann")));
        return earnings;
    }

    @Test
    void M29_timingAndOutcomeOfEverySyncAreLogged() throws InterruptedException {
        try (EarningsOffice office = new EarningsOffice(new EarningsWorld(folder), storage, log);
                EarningsManager earnings = device(office)) {
            assertThat(earnings.sync(true).level()).isTrue();
            List<LogEntry> good = log.entries();
            assertThat(good).isNotEmpty().allSatisfy(entry -> {
                LogEntry.Sync sync = (LogEntry.Sync) entry;
                assertThat(sync.success()).isTrue();
                assertThat(sync.user()).isEqualTo("ann");
                assertThat(sync.took()).isPositive();
                assertThat(sync.sentBytes()).isPositive();
                assertThat(sync.receivedBytes()).isPositive();
                assertThat(sync.retries()).isZero();
            });
            assertThat(good.stream().map(entry -> ((LogEntry.Sync) entry).kind()))
                    .contains("register", "exchange");

            storage.gone = true;
            assertThat(earnings.sync(true).level()).isFalse();
            assertThat(earnings.sync(true).level()).isFalse();
            storage.gone = false;
            List<LogEntry.Sync> bad = log.entries().stream()
                    .skip(good.size())
                    .filter(LogEntry.Sync.class::isInstance)
                    .map(LogEntry.Sync.class::cast)
                    .toList();
            assertThat(bad).hasSizeGreaterThanOrEqualTo(2);
            assertThat(bad.getFirst().success()).isFalse();
            assertThat(bad.getFirst().outcome()).isEqualTo("database_unreachable");
            assertThat(bad.get(1).retries()).isEqualTo(1);
        }
    }

    @Test
    void M11_aDatabaseFailureHasALogEntryWithFullDetailAndNoSecret() throws InterruptedException {
        try (EarningsOffice office = new EarningsOffice(new EarningsWorld(folder), storage, log);
                EarningsManager earnings = device(office)) {
            assertThat(earnings.sync(true).level()).isTrue();
            storage.gone = true;
            assertThat(earnings.sync(true).failure()).isPresent();
            LogEntry.Trouble trouble = log.entries().stream()
                    .filter(LogEntry.Trouble.class::isInstance)
                    .map(LogEntry.Trouble.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(trouble.code()).isEqualTo("DATABASE_UNREACHABLE");
            assertThat(trouble.user()).isEqualTo("ann");
            assertThat(trouble.state()).containsEntry("request", "exchange").containsKeys("replica", "retries");
            assertThat(trouble.detail())
                    .contains("db.example does not answer", "java.sql.SQLException", "08001", "code 17", "user=hf");
            assertThat(LogJson.write(trouble)).doesNotContain(BrittleStorage.PASSWORD);
            storage.gone = false;
            office.awaitFreshHealth();
            assertThat(office.get("/health/ready", "").body())
                    .contains("\"status\":\"degraded\"", "Errors of the system");
        }
    }

    @Test
    void keyFiguresAndTheirLogAreServedToPeopleOfTheirScopes() throws InterruptedException {
        try (EarningsOffice office = new EarningsOffice(new EarningsWorld(folder), storage, log);
                EarningsManager earnings = device(office)) {
            assertThat(earnings.sync(true).level()).isTrue();
            earnings.goOffline();
            String viewer = office.token(Role.VIEWER, "ann");
            long lines = office.get("/api/earnings/operations", viewer)
                    .body()
                    .lines()
                    .count();
            assertThat(lines).isEqualTo(log.entries().size()).isPositive();
            JsonTree kpis = JsonText.read(
                    office.get("/api/earnings/kpis?hours=1", viewer).body());
            assertThat(ApiDescription.at(kpis, "syncs")).isEqualTo(new JsonTree.Numeral(Long.toString(lines)));
            assertThat(ApiDescription.at(kpis, "dataLossIncidents")).isEqualTo(new JsonTree.Numeral("0"));
            assertThat(ApiDescription.members(kpis))
                    .containsKeys("successRate", "p50Micros", "p95Micros", "openReviews");
            String other = office.token(Role.VIEWER, "bob");
            assertThat(office.get("/api/earnings/operations", other).body()).isEmpty();
            assertThat(office.get("/api/earnings/kpis", other).body())
                    .contains("\"syncs\":0")
                    .doesNotContain("successRate");
            assertThat(office.get("/api/earnings/kpis", office.token(Role.DEVICE, "ann"))
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
