package io.holdfast.earnings.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.amount.Rates;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.ledger.Claim;
import io.holdfast.earnings.ledger.Ledger;
import io.holdfast.earnings.ledger.Settlement;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored as JSON comes back as it was. */
class JsonFormsTest {

    private static final long T0 = 1_795_154_400_000_000L;
    private static final long DAY = 86_400_000_000L;

    @Test
    void aLedgerComesBackToTheLastPart() {
        Gen<Claim> claims = Gens.zip(
                Gens.longs(0, 20 * DAY),
                Gens.longs(0, 2 * DAY),
                (from, length) -> new Claim(T0 + from, T0 + from + length));
        Gen<Coins> rates = Gens.longs(0, 1_000_000_000_000L).map(Coins::new);
        Property.of("ledger as JSON").tries(1_000).forAll(claims.list(0, 12), rates, rates, (made, first, second) -> {
            Terms terms = Terms.of(first);
            Ledger ledger = Ledger.begin(terms, T0);
            ledger = ledger.withRates(ledger.rates().with(T0 + DAY, second));
            for (Claim claim : made) {
                ledger = Settlement.of(ledger, claim, T0 + 22 * DAY, terms).ledger();
            }
            LedgerJson written = new LedgerJson(ledger, terms);
            LedgerJson read = LedgerJson.read(
                    written.json(), ledger.balance().coins(), ledger.earned().coins());
            assertThat(read).isEqualTo(written);
        });
    }

    @Test
    void anAnchorComesBack() {
        Gen<ClockReading> readings = Gens.zip(
                Gens.longs(0, 4 * T0), Gens.ascii(0, 40), Gens.longs(0, T0), Gens.booleans(), ClockReading::new);
        Property.of("anchor as JSON")
                .tries(1_000)
                .forAll(readings, Gens.longs(0, 4 * T0), Gens.pick(Anchor.Basis.values()), (reading, micros, basis) -> {
                    Anchor anchor = new Anchor(reading, micros, basis);
                    assertThat(AnchorJson.read(AnchorJson.write(anchor))).isEqualTo(anchor);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"rates\":1}", "null"})
    void refusesWhatIsNoLedger(String json) {
        JsonText text = new JsonText(json);
        assertThatThrownBy(() -> LedgerJson.read(text, Coins.ZERO, Coins.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AnchorJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRateThatNeverChangedIsOneEntry() {
        Rates rates = Rates.constant(new Coins(5)).with(T0, new Coins(5));
        assertThat(rates.from()).hasSize(1);
    }
}
