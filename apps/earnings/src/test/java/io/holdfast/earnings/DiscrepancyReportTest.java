package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.holdfast.apikit.ApiDescription;
import io.holdfast.core.exchange.Place;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.office.DiscrepancyExport;
import io.holdfast.earnings.office.Documents;
import io.holdfast.earnings.office.Overview;
import io.holdfast.earnings.office.Reach;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims that contradict what the server knows, and what an administrator is shown of them. */
class DiscrepancyReportTest {

    private static final Reach EVERYBODY = new Reach.Everybody();

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** A claim that is at odds: somebody else's, one of the future, or of too much. */
    private record Odd(String id, String user, long aheadSeconds, Coins earned) {

        MiningSession session(Instant now) {
            return new MiningSession(
                    id,
                    user,
                    "phone",
                    now.minusSeconds(60),
                    now.plusSeconds(aheadSeconds),
                    Optional.empty(),
                    MiningSession.SERVER,
                    EarningsWorld.RATE.number(),
                    earned.number(),
                    1,
                    AnchorJson.write(Anchor.first(new ClockReading(0, "boot", 0, true))));
        }

        Discrepancy.Kind kind() {
            if (!user.equals("ann")) {
                return Discrepancy.Kind.USER_FOREIGN;
            }
            return aheadSeconds > 0 ? Discrepancy.Kind.TIME_AHEAD : Discrepancy.Kind.ABOVE_RATE;
        }
    }

    private static final Gen<Coins> MUCH =
            Gens.longs(10_000_000_000L, Coins.UNITS_MAX).map(Coins::new);
    private static final Gen<String> IDS = Gens.zip(
            Gens.pick("", "=", "+", "@", "-", "\""),
            Gens.ascii(1, 12),
            (start, rest) -> start + rest.replace(' ', '_'));
    private static final Gen<Odd> ODD = Gens.oneOf(
            Gens.zip(IDS, Gens.texts(1, 30), (id, user) -> new Odd(id, user, 0, Coins.ZERO)),
            Gens.zip(IDS, Gens.longs(120, 100_000), (id, ahead) -> new Odd(id, "ann", ahead, Coins.ZERO)),
            Gens.zip(IDS, MUCH, (id, much) -> new Odd(id, "ann", 0, much)));

    @Test
    void M31_everyDiscrepancyHasAReportThatIsListedOpenedAndExportedInFull() {
        Property.of("M31")
                .tries(100)
                .shrinks(50)
                .forAll(
                        ODD,
                        odd -> EarningsWorld.in(folder, world -> {
                            Property.assume(!odd.user().isBlank());
                            TestPhone phone = world.begun("ann");
                            phone.network = TestPhone.Network.UP;
                            world.run(Duration.ofSeconds(5));
                            MiningSession claim = odd.session(world.time.instant());
                            phone.earnings
                                    .store()
                                    .collection(MiningSession.class)
                                    .put(claim);
                            world.run(Duration.ofSeconds(5));

                            assertThat(world.rows(EarningsSchema.DISCREPANCIES, "ann"))
                                    .singleElement()
                                    .satisfies(told -> {
                                        assertThat(told.kind()).isEqualTo(odd.kind());
                                        assertThat(told.sessionId()).isEqualTo(odd.id());
                                        told(told, claim);
                                        reported(new Overview(world.storage), told);
                                    });
                        }));
    }

    /** Both sides are in it. */
    private static void told(Discrepancy told, MiningSession claim) {
        JsonTree details = JsonText.read(told.details().json());
        switch (told.kind()) {
            case USER_FOREIGN -> {
                assertThat(ApiDescription.text(details, "field")).isEqualTo("user_id");
                assertThat(ApiDescription.text(details, "value"))
                        .isEqualTo(io.holdfast.core.schema.Violation.shortened(claim.userId()));
            }
            case ABOVE_RATE -> {
                assertThat(told.claimed()).contains(claim.earned());
                assertThat(told.computed()).contains(EarningsWorld.coins(Duration.ofSeconds(60)));
            }
            default ->
                assertThat(ApiDescription.text(details, "last_update"))
                        .isEqualTo(claim.lastUpdate().toString());
        }
    }

    private static void reported(Overview overview, Discrepancy told) {
        String collection = EarningsSchema.DISCREPANCIES.collection().name();
        Overview.Page page = overview.page(new Overview.Wanted(EVERYBODY, collection, List.of()), Place.START, 10);
        assertThat(page.records())
                .singleElement()
                .satisfies(found -> assertThat(EarningsSchema.DISCREPANCIES.read(
                                told.id(), found.record().state()::value))
                        .isEqualTo(told));
        var opened = overview.one("ann", EarningsSchema.key(EarningsSchema.DISCREPANCIES, told.id()))
                .orElseThrow();
        JsonTree array = JsonText.read(exported(overview, DiscrepancyExport.JSON));
        assertThat(((JsonTree.Elements) array).elements()).containsExactly(JsonText.read(Documents.line(opened)));
        List<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(exported(overview, DiscrepancyExport.CSV)).stream()
                        .toList();
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.getField("id")).isEqualTo(harmless(told.id()));
            assertThat(row.getField("user_id")).isEqualTo("ann");
            assertThat(row.getField("session_id")).isEqualTo(harmless(told.sessionId()));
            assertThat(row.getField("kind")).isEqualTo(told.kind().name());
            assertThat(row.getField("claimed")).isEqualTo(amount(told.claimed()));
            assertThat(row.getField("computed")).isEqualTo(amount(told.computed()));
            assertThat(Instant.parse(row.getField("at"))).isEqualTo(told.at());
            assertThat(row.getField("details")).isEqualTo(told.details().json());
        });
    }

    private static String amount(Optional<BigDecimal> amount) {
        return amount.map(BigDecimal::toPlainString).orElse("");
    }

    /** A spreadsheet takes it for a text. */
    private static String harmless(String text) {
        return "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String exported(Overview overview, DiscrepancyExport format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            format.write(overview, EVERYBODY, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
