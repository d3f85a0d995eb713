package io.holdfast.core.engine;

import static io.holdfast.core.engine.Scene.is;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.local.Layer;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is put back to a backup while devices hold what it has lost. Each was once a seed of the simulation. */
class RestoredServerTest {

    private final Scene scene = new Scene();
    private final Scene.Device phone = scene.device();
    private final Scene.Device laptop = scene.device();

    @BeforeEach
    void bothAreKnown() {
        phone.level();
        laptop.level();
    }

    @Test
    void whatWasConfirmedIsOfferedAgain() {
        scene.backUp();
        phone.put("r", is("a", 1));
        phone.level();
        scene.restore();
        assertThat(phone.level()).isTrue();
        assertThat(laptop.level()).isTrue();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(1));
        assertThat(laptop.value("r", "a")).isEqualTo(new Value.Int(1));
    }

    @Test
    void aDamagedRowIsNotOfferedAndGivesWayToAnotherDevicesRecord() {
        scene.backUp();
        phone.put("r", is("a", 1));
        phone.level();
        laptop.level();
        phone.damage("r", "a", 999);
        scene.restore();

        assertThat(phone.say()).isInstanceOf(Outcome.EpochChanged.class);
        phone.level();
        assertThat(scene.stored("r").absent()).isTrue();
        assertThat(phone.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.ROW_CHANGED);
            assertThat(gap.here().value("a")).isEqualTo(new Value.Int(999));
        });

        assertThat(laptop.level()).isTrue();
        assertThat(phone.level()).isTrue();
        assertThat(phone.value("r", "a")).isEqualTo(new Value.Int(1));
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(1));
        assertThat(phone.gaps()).extracting(Gap::state).containsExactly(Gap.State.REPAIRED);
    }

    @Test
    void whatADamagedRowHadCountedIsNotCountedUnderTheSameKeyAgain() {
        phone.put("r", is("a", 1));
        phone.level();
        scene.backUp();
        phone.put("r", Map.of("n", new FieldEdit.Add(3)));
        phone.level();
        laptop.level();
        scene.restore();
        phone.damage("r", "a", 999);
        phone.level();
        phone.put("r", Map.of("n", new FieldEdit.Add(3)));
        phone.level();
        laptop.level();
        phone.level();
        assertThat(scene.stored("r").value("n"))
                .isInstanceOfSatisfying(
                        CounterValue.class, counter -> assertThat(counter.sum()).isEqualTo(6));
    }

    @Test
    void isRecognisedAlsoOnceItsHeadHasOvertakenTheCursor() {
        phone.put("before", is("a", 1));
        phone.level();
        scene.backUp();
        phone.put("lost", is("n", 5));
        phone.put("r", is("a", 1));
        phone.level();
        scene.restore();
        for (int i = 0; i < 5; i++) {
            laptop.put("new" + i, is("a", i));
        }
        laptop.level();
        assertThat(scene.head().sequence()).isGreaterThan(phone.record("r").sequence());
        assertThat(phone.say()).isInstanceOf(Outcome.EpochChanged.class);
        assertThat(phone.level()).isTrue();
        assertThat(laptop.level()).isTrue();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(1));
        assertThat(laptop.value("lost", "n")).isEqualTo(phone.value("lost", "n"));
        assertThat(phone.value("new4", "a")).isEqualTo(new Value.Int(4));
    }

    @Test
    void anEditOfTheOldEpochIsNotTakenForOneOnTheSameNumberInTheNew() {
        scene.backUp();
        phone.put("r", is("a", 1));
        phone.level();
        scene.restore();
        laptop.put("r", is("a", 9));
        laptop.level();
        assertThat(scene.head().sequence()).isEqualTo(1);
        phone.put("r", is("a", 2));
        assertThat(phone.record("r").sequence()).isEqualTo(1);
        phone.level();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(2));
        assertThat(scene.lost("r", "a")).contains(new Value.Int(9));
    }

    @Test
    void anAcceptedOfferIsNotTheBaseOfAnEditThatNeverSawIt() {
        scene.backUp();
        laptop.put("r", is("a", 9));
        laptop.level();
        phone.put("first", is("a", 1));
        phone.put("r", is("a", 2));
        phone.batchMax(1);
        phone.say();
        assertThat(phone.record("r").confirmed().value("a")).isEqualTo(new Value.Int(9));
        scene.restore();
        phone.level();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(2));
        assertThat(scene.lost("r", "a")).contains(new Value.Int(9));
    }

    @Test
    void aServerThatIsRestoredTwiceTakesBackWhatItDecides() {
        phone.put("r", is("pin", 1));
        phone.level();
        scene.backUp();
        phone.put("r", is("pin", 2));
        phone.level();
        scene.restore();
        assertThat(phone.say()).isInstanceOf(Outcome.EpochChanged.class);
        assertThat(scene.head().epoch()).startsWith("2-");
        scene.restore();
        phone.level();
        assertThat(scene.head().epoch()).startsWith("3-");
        assertThat(scene.stored("r").value("pin")).isEqualTo(new Value.Int(2));
    }

    @Test
    void whatARefusedOfferHeldIsRememberedWhenALaterValueTakesItsPlace() {
        scene.backUp();
        phone.put("r", is("a", 1));
        phone.level();
        scene.restore();
        scene.refuse(true);
        phone.level();
        scene.refuse(false);
        laptop.put("r", is("a", 9));
        laptop.level();
        phone.level();
        assertThat(phone.record("r").confirmed().value("a")).isEqualTo(new Value.Int(9));
        scene.restore();
        phone.level();
        assertThat(phone.value("r", "a")).isEqualTo(new Value.Int(9));
        assertThat(phone.remembered("r", "a")).containsExactly(new Value.Int(1));
    }

    @Test
    void whatTheServerLostTwiceIsRememberedWhenAnOfferStandsInItsPlace() {
        laptop.put("r", is("a", 3));
        scene.backUp();
        phone.put("first", is("a", 1));
        phone.put("r", is("a", 2));
        phone.level();
        scene.restore();
        laptop.level();
        phone.batchMax(1);
        assertThat(phone.say()).isInstanceOf(Outcome.EpochChanged.class);
        phone.say();
        phone.say();
        assertThat(phone.record("r").confirmed().value("a")).isEqualTo(new Value.Int(3));
        assertThat(phone.value("r", "a")).isEqualTo(new Value.Int(2));
        scene.restore();
        phone.level();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(2));
        assertThat(phone.remembered("r", "a")).contains(new Value.Int(3));
    }

    @Test
    void anEditOverARefusedOfferDoesNotPassForOneOfWhatTheOfferHides() {
        laptop.put("r", is("a", 3));
        scene.backUp();
        phone.put("r", is("a", 2));
        phone.level();
        scene.restore();
        scene.refuse(true);
        phone.level();
        scene.refuse(false);
        laptop.level();
        phone.level();
        assertThat(phone.record("r").confirmed().value("a")).isEqualTo(new Value.Int(3));
        assertThat(phone.value("r", "a")).isEqualTo(new Value.Int(2));
        phone.put("r", is("a", 5));
        scene.refuse(true);
        phone.say();
        scene.refuse(false);
        phone.level();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(5));
        assertThat(scene.lost("r", "a")).contains(new Value.Int(3));
    }

    @Test
    void aPartialCursorDoesNotOutliveTheHeadItWasReadUnder() {
        phone.put("r", is("a", 1));
        phone.put("s", is("a", 1));
        phone.level();
        scene.backUp();
        phone.put("r", is("a", 2));
        phone.level();
        laptop.pageMax(1);
        laptop.say();
        assertThat(laptop.record("r").sequence()).isZero();
        assertThat(laptop.record("s").sequence()).isEqualTo(2);
        scene.restore();
        assertThat(laptop.say()).isInstanceOf(Outcome.EpochChanged.class);
        assertThat(laptop.level()).isTrue();
        assertThat(laptop.value("r", "a")).isEqualTo(new Value.Int(1));
    }

    @Test
    void aPartialCursorGoesOnUnderALaterHead() {
        for (int i = 0; i < 5; i++) {
            phone.put("r" + i, is("a", i));
        }
        phone.level();
        laptop.pageMax(2);
        laptop.say();
        phone.put("r4", is("a", 7));
        phone.level();
        assertThat(laptop.say()).isInstanceOf(Outcome.Applied.class);
        assertThat(laptop.level()).isTrue();
        assertThat(laptop.value("r4", "a")).isEqualTo(new Value.Int(7));
    }

    @Test
    void aChangeOfWhichAFieldWasLeftOutIsToldWithItsRecord() {
        scene.backUp();
        phone.put("r", is("pin", 7));
        phone.level();
        scene.restore();
        scene.refuse(true);
        phone.level();
        assertThat(phone.record("r").layer(Layer.State.QUARANTINED)).isPresent();
        phone.put("r", is("pin", 8));
        phone.delete("r");
        phone.level();
        assertThat(scene.stored("r").deleted().isNone()).isFalse();
        assertThat(phone.record("r").confirmed()).isEqualTo(scene.stored("r"));
    }
}
