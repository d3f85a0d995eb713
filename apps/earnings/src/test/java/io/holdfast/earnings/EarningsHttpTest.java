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

    private static final int EXCHANGES_MAX = 100;

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
            EarningsState level = settled(earnings);
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

    /**
     * Syncs until nothing is to be said any more: then a sync that is not forced has nothing to do. How many exchanges that takes
     * depends on this machine's haste. What time it is the phone learns from an answer that it reads within a second, and then it
     * tells its session anew; and a session that ended a moment ahead of the server's clock is claimed once more.
     */
    private static EarningsState settled(EarningsManager earnings) throws InterruptedException {
        for (int exchange = 0; exchange < EXCHANGES_MAX; exchange++) {
            assertThat(earnings.sync(true).level()).isTrue();
            EarningsState state = earnings.state();
            if (state.currentEarnings().compareTo(state.confirmedEarnings()) == 0
                    && !earnings.sync(false).ran()) {
                return state;
            }
        }
        throw new AssertionError("after " + EXCHANGES_MAX + " exchanges there is still something to say: "
                + earnings.state() + " " + earnings.store().review().account());
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
