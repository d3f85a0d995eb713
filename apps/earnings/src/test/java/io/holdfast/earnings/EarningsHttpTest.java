package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.Verification;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.earnings.server.EarningsRules;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.system.Machine;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ten lines of the documentation, over HTTP, by the real clock. */
class EarningsHttpTest {

    @TempDir
    Path folder;

    private final InMemoryTokenStorage tokens = new InMemoryTokenStorage();
    private final Machine machine = Machine.real();
    private HoldfastServer server;

    EarningsHttpTest() {
        EarningsRules rules = new EarningsRules(EarningsPolicy.of(Terms.of(EarningsWorld.RATE)));
        Foundation foundation = new Foundation(
                        new InMemoryServerStorage(), tokens, List.of(EarningsSchema.SCHEMA), WriteRules.OPEN, machine)
                .deciding(EarningsSchema.SCHEMA.name(), rules);
        server = HoldfastServer.of(
                ServerConfig.defaults().withListen(Listen.defaults().withPort(0)), foundation);
    }

    @BeforeEach
    void listen() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ClientOptions connection() {
        TokenMint mint = new TokenMint(tokens, machine.clock(), machine.random());
        TokenMint.Issued issued =
                mint.issue(new TokenMint.Grant("ann", Role.DEVICE, Token.scope("ann"), Optional.empty()));
        return ClientOptions.of(server.address().toString(), issued.text().reveal());
    }

    @Test
    void minesSyncsReconcilesAndGoesOffline() throws InterruptedException {
        EarningsOptions options = EarningsOptions.defaults();
        try (EarningsManager earnings = EarningsManager.open(folder.resolve("ann.holdfast"), "ann", options)) {
            earnings.initialize(new BigDecimal("7"));
            assertThat(earnings.sync(true).failure()).isPresent();
            earnings.connect(connection());
            earnings.start();

            SyncReport forced = earnings.sync(true);

            assertThat(forced.failure()).isEmpty();
            assertThat(forced.level()).isTrue();
            assertThat(forced.took()).isPositive();
            assertThat(earnings.state().rate()).isEqualTo(EarningsWorld.RATE.number());
            earnings.stop();
            assertThat(earnings.sync(true).level()).isTrue();
            assertThat(earnings.sync(true).level()).isTrue();
            EarningsState level = earnings.state();
            assertThat(level.currentEarnings()).isEqualTo(level.confirmedEarnings());
            // Nothing waits: a sync that is not forced has nothing to do.
            assertThat(earnings.sync(false).ran()).isFalse();
            Verification compared = earnings.reconcile().orElseThrow();
            assertThat(compared.failure()).isEmpty();
            assertThat(compared.damaged()).isEmpty();

            earnings.goOffline();
            earnings.start();
            assertThat(earnings.sync(false).ran()).isFalse();
            assertThat(earnings.state().syncStatus()).isEqualTo(EarningsState.SyncState.PENDING);
            assertThat(earnings.reconcile()).isEmpty();
            earnings.stop();
            earnings.connect(connection());
            assertThat(earnings.sync(true).level()).isTrue();
            assertThat(earnings.state().currentEarnings()).isGreaterThanOrEqualTo(level.currentEarnings());
        }
    }

    @Test
    void aServerThatCannotBeReachedIsReportedAndNothingIsLost() throws InterruptedException {
        ClientOptions gone = connection();
        server.close();
        EarningsOptions options = EarningsOptions.defaults();
        try (EarningsManager earnings = EarningsManager.open(folder.resolve("ann.holdfast"), "ann", options)) {
            earnings.initialize(new BigDecimal("7"));
            earnings.connect(gone.withConnectTimeout(Duration.ofSeconds(2)));
            earnings.start();
            earnings.stop();

            SyncReport report = earnings.sync(true);

            assertThat(report.ran()).isTrue();
            assertThat(report.level()).isFalse();
            assertThat(report.failure()).isPresent();
            assertThat(earnings.store().review().account().balanced()).isTrue();
            assertThat(earnings.state().syncStatus()).isEqualTo(EarningsState.SyncState.FAILED);
        }
    }
}
