package io.holdfast.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final Gen<ChangeState> STATES = Gens.pick(ChangeState.values());
    private static final Gen<Tuple.Two<ChangeState, ChangeState>> MOVES = Gens.tuple(STATES, STATES);

    @Test
    void everyMoveConservesTheTotal() {
        Property.of("moves conserve the total").tries(1_000).forAll(Gens.ints(0, 9), MOVES.list(), (made, moves) -> {
            Account account = Account.EMPTY;
            for (int i = 0; i < made; i++) {
                account = account.make();
            }
            for (Tuple.Two<ChangeState, ChangeState> move : moves) {
                long from = account.in(move.first());
                long to = account.in(move.second());
                if (from > 0) {
                    account = account.move(move.first(), move.second());
                    long by = move.first() == move.second() ? 0 : 1;
                    assertThat(account.in(move.first())).isEqualTo(from - by);
                    assertThat(account.in(move.second())).isEqualTo(to + by);
                }
                assertThat(account.made()).isEqualTo((long) made);
                assertThat(account.balanced()).isTrue();
            }
        });
    }

    @Test
    void aNewChangeIsPending() {
        assertThat(Account.EMPTY.make()).isEqualTo(new Account(1, Map.of(ChangeState.PENDING, 1L)));
    }

    @Test
    void whatWasNeverThereCannotLeaveUnseen() {
        Account account = Account.EMPTY.make().move(ChangeState.IN_FLIGHT, ChangeState.ACCEPTED);
        assertThat(account.in(ChangeState.IN_FLIGHT)).isEqualTo(-1);
        assertThat(account.balanced()).isFalse();
    }

    @Test
    void aChangeThatIsNowhereUnbalances() {
        assertThat(new Account(2, Map.of(ChangeState.PENDING, 1L)).balanced()).isFalse();
        assertThat(new Account(1, Map.of(ChangeState.PENDING, 2L)).balanced()).isFalse();
        assertThat(Account.EMPTY.balanced()).isTrue();
    }

    @Test
    void statesWithoutChangesAreLeftOut() {
        Account account = new Account(1, Map.of(ChangeState.PENDING, 1L, ChangeState.ACCEPTED, 0L));
        assertThat(account).isEqualTo(Account.EMPTY.make());
        assertThat(Arrays.stream(ChangeState.values()).mapToLong(account::in).sum())
                .isEqualTo(1);
    }
}
