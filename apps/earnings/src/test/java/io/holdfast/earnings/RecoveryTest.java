package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.backup.Backup;
import io.holdfast.store.backup.DeviceSubject;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, and what becomes of the earnings in them. */
class RecoveryTest {

    private static final int TRIES = 100;
    private static final Gen<List<Script.Step>> LIVES = Script.ORDINARY.list(0, 8);
    private static final Gen<FileDamage> DAMAGE =
            Gens.frequency(Gens.weighted(3, FileDamage.bytes()), Gens.weighted(1, FileDamage.rows()));

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** A life whose server knows everything; a session may run. The app is closed. */
    private static Script lived(EarningsWorld world, TestPhone phone, List<Script.Step> steps) {
        phone.earnings.initialize(EarningsWorld.RATE.number());
        Script script = new Script(world, phone);
        script.play(steps);
        script.settle();
        phone.closeApp();
        return script;
    }

    private static List<Path> aside(TestPhone phone) {
        String name = phone.file().getFileName() + ".replaced-";
        try (var files = Files.list(phone.file().toAbsolutePath().getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void M08_whateverWasDamagedTheServersStateComesBackAndEarningGoesOn() {
        Property.of("M08")
                .tries(TRIES)
                .shrinks(100)
                .forAll(
                        LIVES,
                        DAMAGE,
                        Gens.booleans(),
                        (steps, damage, readable) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.phone("phone", "ann");
                            Script script = lived(world, phone, steps);
                            damage.to(phone.file());

                            EarningsRecovery.Recovered recovered = recover(phone, readable);
                            assertThat(recovered.aside()).isPresent();
                            assertThat(aside(phone))
                                    .containsExactly(recovered.aside().get());
                            assertThat(phone.recovery().look())
                                    .as("what remains open is for the server to mend")
                                    .satisfies(left -> assertThat(left.isEmpty() || readable)
                                            .isTrue());
                            phone.openApp();
                            script.end();

                            assertThat(world.user("ann").current()).isEqualTo(script.expected());
                            assertThat(phone.earnings.state().currentEarnings()).isEqualTo(script.expected());
                            assertThat(phone.earnings.inspect()).isEmpty();
                            assertThat(phone.earnings.store().review().account().balanced())
                                    .isTrue();
                        }));
    }

    private static EarningsRecovery.Recovered recover(TestPhone phone, boolean readable) {
        try {
            if (readable) {
                return phone.recovery().keepReadable("ann");
            }
        } catch (HoldfastException nothingReadable) {
            assertThat(nothingReadable.code()).isIn(ErrorCode.STORE_DAMAGED, ErrorCode.STORE_NOT_A_STORE);
        }
        try {
            return phone.recovery().fromServer(phone::fetch);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void M15_damageIsToldWithWhatCanBeDoneAboutIt() {
        Property.of("M15")
                .tries(TRIES)
                .shrinks(100)
                .forAll(
                        LIVES,
                        DAMAGE,
                        (steps, damage) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.phone("phone", "ann");
                            Script script = lived(world, phone, steps);
                            damage.to(phone.file());

                            Optional<Notice> notice = phone.recovery().look();
                            if (notice.isPresent()) {
                                assertThat(notice.get().sentence())
                                        .contains("Restore")
                                        .endsWith(".");
                                assertThat(notice.get().findings()).isNotEmpty();
                                assertThat(notice.get().choices()).contains(Notice.Choice.SERVER, Notice.Choice.BACKUP);
                            } else {
                                // Bytes that nothing is stored in.
                                phone.openApp();
                                assertThat(phone.earnings.state().currentEarnings())
                                        .isEqualTo(script.expected());
                                script.end();
                                assertThat(world.user("ann").current()).isEqualTo(script.expected());
                            }
                        }));
    }

    @Test
    void M15_damageThatIsFoundWhileTheAppRunsReachesWhoeverListens() {
        Property.of("M15 while it runs")
                .tries(TRIES)
                .shrinks(20)
                .forAll(
                        FileDamage.rows(),
                        Gens.booleans(),
                        (damage, early) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.phone("phone", "ann");
                            phone.earnings.initialize(EarningsWorld.RATE.number());
                            Script script = new Script(world, phone);
                            script.play(new Script.Step.Start());
                            script.play(new Script.Step.Wait(90));
                            script.settle();
                            List<Notice> told = new ArrayList<>();
                            if (early) {
                                phone.earnings.onNotice(told::add);
                            }
                            phone.earnings.goOffline();
                            damage.to(phone.file());

                            assertThat(phone.earnings.inspect()).isPresent();
                            if (!early) {
                                phone.earnings.onNotice(told::add);
                            }
                            world.run(Duration.ofSeconds(1));

                            assertThat(told)
                                    .singleElement()
                                    .satisfies(notice ->
                                            assertThat(notice.choices()).isNotEmpty());
                        }));
    }

    @Test
    void aBackupBringsBackWhatItHeldAndTheServerTheRest() {
        EarningsWorld.in(folder, world -> {
            TestPhone phone = world.phone("phone", "ann");
            Script script = lived(world, phone, List.of(new Script.Step.Start(), new Script.Step.Wait(100)));
            Path backup = folder.resolve("ann.backup");
            new Backup(new DeviceSubject(), "test", world.time).create(phone.file(), backup, true);
            phone.openApp();
            script.play(new Script.Step.Wait(200));
            script.settle();
            phone.closeApp();
            new FileDamage.Cut(0.5).to(phone.file());

            EarningsRecovery.Recovered recovered = phone.recovery().fromBackup(backup);

            assertThat(recovered.aside()).isPresent();
            phone.openApp();
            assertThat(phone.earnings.state().active()).isTrue();
            script.end();
            assertThat(world.user("ann").current()).isEqualTo(script.expected());
            assertThat(phone.earnings.state().currentEarnings()).isEqualTo(script.expected());
        });
    }

    @Test
    void whatTheServerNeverGotIsKeptAsFarAsItCanBeRead() {
        EarningsWorld.in(folder, world -> {
            TestPhone phone = world.phone("phone", "ann");
            phone.earnings.initialize(EarningsWorld.RATE.number());
            Script script = new Script(world, phone);
            script.play(new Script.Step.Start());
            script.play(new Script.Step.Wait(3_600));
            script.play(new Script.Step.Stop());
            phone.closeApp();
            new FileDamage.Statements("UPDATE _hf_account SET made = 77, root = zeroblob(40)").to(phone.file());

            EarningsRecovery.Recovered recovered = phone.recovery().keepReadable("ann");

            assertThat(recovered.waiting()).isPositive();
            phone.openApp();
            assertThat(phone.earnings.store().review().account().balanced()).isTrue();
            script.end();
            assertThat(world.user("ann").current()).isEqualTo(script.expected());
        });
    }

    @Test
    void nothingIsTouchedWhileTheServerCannotBeReached() throws IOException {
        EarningsWorld.in(folder, world -> {
            TestPhone phone = world.phone("phone", "ann");
            lived(world, phone, List.of(new Script.Step.Start(), new Script.Step.Wait(60)));
            new FileDamage.Overwritten(0.5, 5_000, 0).to(phone.file());
            phone.network = TestPhone.Network.DOWN;

            HoldfastException failed = catchThrowableOfType(
                    HoldfastException.class, () -> phone.recovery().fromServer(phone::fetch));

            assertThat(failed.code()).isEqualTo(ErrorCode.SERVER_UNREACHABLE);
            assertThat(aside(phone)).isEmpty();
            assertThat(phone.recovery().look()).isPresent();
        });
    }

    @Test
    void refusesTheBackupOfAnotherUser() {
        EarningsWorld.in(folder, world -> {
            TestPhone ann = world.phone("phone", "ann");
            TestPhone bob = world.phone("phone", "bob");
            lived(world, ann, List.of());
            lived(world, bob, List.of());
            Path backup = folder.resolve("bob.backup");
            new Backup(new DeviceSubject(), "test", world.time).create(bob.file(), backup, true);

            HoldfastException refused = catchThrowableOfType(
                    HoldfastException.class, () -> ann.recovery().fromBackup(backup));

            assertThat(refused.code()).isEqualTo(ErrorCode.BACKUP_UNFIT);
            assertThat(aside(ann)).isEmpty();
        });
    }
}
